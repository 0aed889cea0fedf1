import type { Reader } from "../wire/reader.ts";

/** 1601 to 1970, in milliseconds. */
const UNIX = 11_644_473_600_000;
/** What a date can be at most (ECMA-262 section 21.4.1.1). */
const LAST = 8.64e15;

/** A FILETIME (MS-DTYP section 2.3.3), 100 nanoseconds since 1601, as ISO 8601; undefined where it is 0 or beyond dates. */
export function filetime(reader: Reader): string | undefined {
  const [low, high] = [reader.u32(), reader.u32()];
  const milliseconds = Math.floor((high * 2 ** 32 + low) / 10_000) - UNIX;
  if ((low === 0 && high === 0) || milliseconds > LAST) return undefined;
  return new Date(milliseconds).toISOString();
}
