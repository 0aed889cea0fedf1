import type { QueryProgress } from "../../app/query/query.ts";
import type { Output } from "../output.ts";
import { countText, durationText } from "../run/report-words.ts";
import { visible } from "../visible.ts";
import { fitted } from "../width.ts";

/** Work that takes less time is over before a line about it is read, in seconds. */
const QUIET = 1;

/** A line that tells how far the query is, in place; undefined where stderr is no terminal. */
export function queryLine(stderr: Output) {
  const { columns } = stderr;
  if (columns === undefined) return undefined;
  let shown = false;
  return {
    show(progress: QueryProgress): void {
      if (progress.seconds < QUIET) return;
      shown = true;
      stderr.write(`\r\x1b[K${fitted(progressText(progress), columns - 1)}`);
    },
    clear(): void {
      if (shown) stderr.write("\r\x1b[K");
    },
  };
}

/** `12 s · 1,203 of 65,535 ports of 192.0.2.1 known · 3 listening · Ctrl+C shows what is known` */
export function progressText({ address, total, known, listening, seconds }: QueryProgress): string {
  return [
    durationText(Math.floor(seconds)).replace(".0", ""),
    `${countText(known)} of ${countText(total)} ports of ${visible(address)} known`,
    `${countText(listening)} listening`,
    "Ctrl+C shows what is known",
  ].join(" · ");
}
