import type { ClockStep } from "../../model/record.ts";
import type { Micros } from "../../model/time.ts";

const SECOND: Micros = 1_000_000;

/** How far lines may be out of order before the clock is taken to have been set back: they are written now and then. */
const DISORDER: Micros = 5 * SECOND;

/** The moments of a log's lines, and the stretches between which its clock was set back. */
export class UseTimes {
  #last: Micros | undefined;

  /**
   * The moment of a line that states a second. Lines of one second follow each other by a microsecond, so that each has a
   * moment of its own, and the same whenever the log is read. `step` where the clock was set back before it.
   */
  of(stated: Micros): { at: Micros; step?: ClockStep } {
    const last = this.#last;
    const isBack = last !== undefined && stated < last - DISORDER;
    const at = last === undefined || isBack ? stated : Math.max(stated, last + 1);
    this.#last = at;
    return isBack ? { at, step: { at, before: last, after: at } } : { at };
  }
}
