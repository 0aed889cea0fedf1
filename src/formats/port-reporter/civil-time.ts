/** What a clock on the wall shows, in a zone that is not stated. `month` is 1 to 12. */
export type CivilTime = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
};

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** The time that these parts state, a year of two digits after 2000; undefined where there is none. */
export function civilTime(parts: readonly (string | undefined)[]): CivilTime | undefined {
  const [year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second = NaN] = parts.map(Number);
  const time = { year: year < 100 ? 2000 + year : year, month, day, hour, minute, second };
  const date = new Date(Date.UTC(time.year, month - 1, day, hour, minute, second));
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
  return same && date.getUTCMinutes() === minute && date.getUTCSeconds() === second ? time : undefined;
}

/** `Wed Jul 06 13:44:04 2005`, as ctime of Windows writes it. */
export function ctimeText({ year, month, day, hour, minute, second }: CivilTime): string {
  const weekday = DAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
  const clock = [hour, minute, second].map(two).join(":");
  return `${weekday} ${MONTHS[month - 1]} ${two(day)} ${clock} ${year}`;
}

/** Reads what `ctimeText` writes, also with a blank in place of the zero. */
export function readCtime(text: string): CivilTime | undefined {
  const match = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2}) (\d{4})$/.exec(
    text.trim(),
  );
  if (!match) return undefined;
  const [, month = "", day, hour, minute, second, year] = match;
  return civilTime([year, String(MONTHS.indexOf(month) + 1), day, hour, minute, second]);
}

/** At least two digits. */
export function two(value: number): string {
  return String(value).padStart(2, "0");
}
