import { parseDuration } from "../model/duration.ts";
import { Problem } from "../model/problem.ts";

/** Milliseconds that `--for VALUE` of `verb` asks for. @throws Problem `bad-value`. */
export function forTime(verb: string, value: string): number {
  const milliseconds = parseDuration(value);
  if (milliseconds !== undefined) return milliseconds;
  throw new Problem("bad-value", `--for "${value}" is no length of time`, {
    why: "A length of time is a number and s, m, h or d: 30s, 10m, 2h, 7d.",
    next: `./portolan ${verb} --help`,
  });
}
