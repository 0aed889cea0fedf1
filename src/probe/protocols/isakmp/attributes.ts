import { join, u16 } from "../wire/bytes.ts";
import type { Reader } from "../wire/reader.ts";

/** Set where an attribute's value takes the place of its length (RFC 7296 section 3.3.5, RFC 2408 section 3.3). */
const SHORT = 0x8000;

/** An attribute with a value of 16 bits. */
export function attribute(type: number, value: number): Uint8Array {
  return join(u16(SHORT | type), u16(value));
}

/** The attributes with values of 16 bits in what is left; longer ones are passed over. */
export function readAttributes(reader: Reader): Map<number, number> {
  const found = new Map<number, number>();
  while (reader.left >= 4) {
    const [type, value] = [reader.u16(), reader.u16()];
    if ((type & SHORT) !== 0) found.set(type & ~SHORT, value);
    else reader.skip(value);
  }
  return found;
}
