/** A moment: microseconds since the Unix epoch, as a safe integer. */
export type Micros = number;

/** `micros` as ISO 8601 in UTC with microseconds, e.g. `2026-11-23T09:00:00.123456Z`. */
export function isoTime(micros: Micros): string {
  const milliseconds = Math.floor(micros / 1000);
  const rest = micros - milliseconds * 1000;
  const text = new Date(milliseconds).toISOString();
  return `${text.slice(0, -1)}${String(rest).padStart(3, "0")}Z`;
}

/** The present moment by the wall clock. The only clock the model knows is the one handed to it, so callers name this. */
export function micros(milliseconds: number): Micros {
  return Math.round(milliseconds * 1000);
}
