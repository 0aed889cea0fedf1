import type { CivilTime } from "../../formats/port-reporter/civil-time.ts";
import { type Micros, micros } from "../../model/time.ts";

/** The moment at which the clock of this machine's zone showed this; where it showed it twice, the first. */
export function localMicros({ year, month, day, hour, minute, second }: CivilTime): Micros {
  return micros(new Date(year, month - 1, day, hour, minute, second).getTime());
}
