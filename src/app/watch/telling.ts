import { Traffic } from "../../analyze/watch/traffic.ts";
import type { Change } from "../../model/change.ts";

/** Which changes are told line by line, and when. */
export type Telling = {
  /** What of `changes` is told at once. */
  add(changes: readonly Change[]): Change[];
  /** What is told once an interval. */
  interval(): Change[];
};

/** With `verbose` also who uses a port for the first time and ends, and once an interval what was carried. */
export function createTelling(verbose: boolean): Telling {
  const traffic = new Traffic();
  if (verbose) return { add: (changes) => traffic.hold(changes), interval: () => traffic.take() };
  return { add: (changes) => changes.filter(isPlain), interval: () => [] };
}

function isPlain({ event }: Change): boolean {
  return event !== "traffic" && event !== "process" && event !== "exit";
}
