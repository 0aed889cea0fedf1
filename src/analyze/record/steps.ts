import type { ClockStep } from "../../model/record.ts";
import type { Moment } from "./moment.ts";

/**
 * A smaller difference within one batch is drift, or the machine was slow to read two clocks one after the other. The
 * steady clock may be known to a hundredth of a second.
 */
const SMALLEST = 250_000;

/** Notices when the wall clock is set: it no longer runs beside the steady one. */
export class Steps {
  #before: Moment;

  constructor(now: Moment) {
    this.#before = now;
  }

  /** The step since the last call, if there was one. */
  at(now: Moment): ClockStep | undefined {
    const expected = this.#before.wall + now.steady - this.#before.steady;
    this.#before = now;
    return Math.abs(now.wall - expected) < SMALLEST ? undefined : { at: now.wall, before: expected, after: now.wall };
  }
}
