import type { Micros } from "../../model/time.ts";

/** One moment by two clocks: the wall clock, which may be set, and a steady one, which counts on through sleep as well. */
export type Moment = { wall: Micros; steady: Micros };

const HOUR = 3_600_000_000;

/** The whole hours since the Unix epoch at `wall`. */
export function hourOf(wall: Micros): number {
  return Math.floor(wall / HOUR);
}

/** The first microsecond of an hour. */
export function beginOf(hour: number): Micros {
  return hour * HOUR;
}

/** Clocks that differ by more did not run beside each other: one was set. */
const TOLERANCE = 5_000_000;

/**
 * How long something was open that `wall` says by the wall clock and `steady` by the steady one. The wall clock's answer is
 * exact, but only where it was not set meanwhile; the steady one is known to a second.
 */
export function lasted(wall: Micros, steady: Micros): Micros {
  return Math.max(0, Math.abs(wall - steady) > TOLERANCE ? steady : wall);
}
