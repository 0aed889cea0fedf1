/**
 * A moment of a document (ISO 8601 in UTC) as people of this machine read it, in its own time zone: `2026-11-17 14:05:09`.
 */
export function localTime(iso: string): string {
  const date = new Date(iso);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** From one moment to another, without what they have in common: `2026-11-17 14:05:09 to 14:07:00`. */
export function timeSpan(from: string, until: string): string {
  const [start, end] = [localTime(from), localTime(until)];
  if (start === end) return start;
  return start.slice(0, 10) === end.slice(0, 10) ? `${start} to ${end.slice(11)}` : `${start} to ${end}`;
}

/** A moment to the minute, for a column of a table: `2026-11-17 14:05`. */
export function localMinute(iso: string): string {
  return localTime(iso).slice(0, -":00".length);
}
