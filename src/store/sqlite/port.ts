/** Clients' ports are mostly above 32767. Around zero those up to 65535 take two bytes in SQLite, and not three. */
const MIDDLE = 32_768;

/** A port as rows of flows keep it. */
export function portValue(port: number): number {
  return port - MIDDLE;
}

/** The port of what `portValue` made. */
export function portOf(value: number): number {
  return value + MIDDLE;
}
