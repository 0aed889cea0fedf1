import type { HourlyRecord } from "../../../model/record.ts";
import type { Micros } from "../../../model/time.ts";
import { HOUR, hourOf } from "../hours.ts";
import type { Usages } from "./usages.ts";

/** More than a record has usages: an hour and a usage make one number. */
const USAGES = 2 ** 32;

/** What a batch adds to one hour of one usage; moments count from the beginning of the hour. */
export type Increment = {
  usage: number;
  hour: number;
  flows: number;
  failed: number;
  bytesIn: number | null;
  bytesOut: number | null;
  first: Micros;
  last: Micros;
};

/** Collects what a batch adds to hours, one increment for each usage and hour. */
export class Increments {
  readonly #usages: Usages;
  readonly #all = new Map<number, Increment>();

  constructor(usages: Usages) {
    this.#usages = usages;
  }

  get all(): Iterable<Increment> {
    return this.#all.values();
  }

  add(record: HourlyRecord): void {
    const { hour, flows, failed, bytesIn, bytesOut, first, last } = record;
    const increment = this.#of(this.#usages.id(record.usage), hour);
    increment.flows += flows;
    increment.failed += failed;
    increment.bytesIn = known(increment.bytesIn, bytesIn);
    increment.bytesOut = known(increment.bytesOut, bytesOut);
    widen(increment, first, last);
  }

  /**
   * A flow began at `moment`. Its usage is in use in that hour by that alone, so that questions about flows need to
   * look only where a usage was in use.
   */
  began(usage: number, moment: Micros): void {
    widen(this.#of(usage, hourOf(moment)), moment, moment);
  }

  #of(usage: number, hour: number): Increment {
    const key = hour * USAGES + usage;
    const kept = this.#all.get(key);
    if (kept !== undefined) return kept;
    const fresh = { usage, hour, flows: 0, failed: 0, bytesIn: null, bytesOut: null, first: HOUR, last: -HOUR };
    this.#all.set(key, fresh);
    return fresh;
  }
}

function widen(increment: Increment, first: Micros, last: Micros): void {
  const begin = increment.hour * HOUR;
  increment.first = Math.min(increment.first, first - begin);
  increment.last = Math.max(increment.last, last - begin);
}

/** The sum of what is known. */
function known(sum: number | null, more: number | undefined): number | null {
  return more === undefined ? sum : (sum ?? 0) + more;
}
