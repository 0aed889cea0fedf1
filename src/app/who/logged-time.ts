import type { Moment } from "../../analyze/answers/packet-answer.ts";
import type { LoggedTime } from "../../model/logged-packet.ts";
import { type Micros, micros } from "../../model/time.ts";

/** What a log leaves to its reader: the present, and when the kernel that wrote it started, where that is known. */
export type LogClock = { now: Micros; bootedAt?: Micros };

const DAY = 86_400_000_000;
const HOUR = 3_600_000_000;

/** How far back a date without a year may lie: there is a 29th of February in any eight years, mostly in four. */
const YEARS = 8;

/**
 * The moments that a line may mean. A date without a year is the latest that is not in the future; a time without a zone
 * is one of this machine's, and where its clock was set back and showed it twice, it may be either. Undefined where there was
 * no such moment.
 */
export function resolveTime(time: LoggedTime, { now, bootedAt }: LogClock): Moment | undefined {
  if (time.clock === "since boot") {
    if (bootedAt === undefined || bootedAt + time.at > now + DAY) return undefined;
    return moment(bootedAt + time.at, time.precision);
  }
  if (time.year !== undefined) return inYear(time, time.year);
  const latest = new Date(now / 1000).getUTCFullYear() + 1;
  for (let year = latest; year > latest - YEARS; year--) {
    const meant = inYear(time, year);
    // The clocks of two machines differ.
    if (meant !== undefined && meant.since <= now + DAY) return meant;
  }
  return undefined;
}

type CalendarTime = Extract<LoggedTime, { clock: "calendar" }>;

function inYear(time: CalendarTime, year: number): Moment | undefined {
  const { month, day, hour, minute, second, fraction, precision, zone } = time;
  const utc = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  if (utc.getUTCMonth() !== month - 1 || utc.getUTCFullYear() !== year) return undefined;
  if (zone !== undefined) return moment(micros(utc.getTime()) - zone * 60_000_000 + fraction, precision);
  // A time that the clock jumped over was another machine's: what this one's clock would have shown by then will do.
  const local = new Date(year, month - 1, day, hour, minute, second);
  return moment(micros(local.getTime()) + fraction, precision + (isTwice(local) ? HOUR : 0));
}

function moment(since: Micros, lasts: Micros): Moment {
  return { known: "moment", since, until: since + lasts - 1 };
}

/** Whether the clock shows the same an hour later. */
function isTwice(local: Date): boolean {
  const later = new Date(local.getTime() + 3_600_000);
  return later.getHours() === local.getHours() && later.getMinutes() === local.getMinutes();
}
