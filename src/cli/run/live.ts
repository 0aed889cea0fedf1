import type { ProfileSoFar } from "../../model/profile.ts";
import type { Output } from "../output.ts";
import { liveText } from "./report-live.ts";

/** A line that tells how far the observation is, in place; undefined where stderr is no terminal. */
export function liveLine(stderr: Output) {
  const { columns } = stderr;
  if (columns === undefined) return undefined;
  return {
    show: (soFar: ProfileSoFar, seconds: number) => stderr.write(`\r\x1b[K${liveText(soFar, seconds, columns - 1)}`),
    clear: () => stderr.write("\r\x1b[K"),
  };
}
