import type { Micros } from "../../model/time.ts";

/** An hour in microseconds. */
export const HOUR = 3_600_000_000;

/** The hour since the Unix epoch in which `moment` lies. */
export function hourOf(moment: Micros): number {
  return Math.floor(moment / HOUR);
}
