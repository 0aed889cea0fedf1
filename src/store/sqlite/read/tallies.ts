import type { Micros } from "../../../model/time.ts";

/** What rows say of a usage: its hours, or kinds of its flows. */
export type Part = {
  flows: number;
  failed: number;
  bytesIn: number | null;
  bytesOut: number | null;
  first: Micros;
  last: Micros;
};

/** The sum of some parts, and the processes of those that were single flows. */
export type Tally = Part & { processes: Set<number> };

/** Sums up parts by usage. */
export class Tallies {
  readonly of = new Map<number, Tally>();

  add(usage: number, part: Part, process = 0): void {
    let tally = this.of.get(usage);
    if (tally === undefined) {
      tally = { ...part, processes: new Set() };
      this.of.set(usage, tally);
    } else {
      tally.flows += part.flows;
      tally.failed += part.failed;
      tally.bytesIn = known(tally.bytesIn, part.bytesIn);
      tally.bytesOut = known(tally.bytesOut, part.bytesOut);
      tally.first = Math.min(tally.first, part.first);
      tally.last = Math.max(tally.last, part.last);
    }
    if (process !== 0) tally.processes.add(process);
  }
}

/** The sum of what is known. */
function known(one: number | null, other: number | null): number | null {
  return one === null ? other : one + (other ?? 0);
}
