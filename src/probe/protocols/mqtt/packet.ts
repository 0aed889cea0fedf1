import { parsed, Reader } from "../wire/reader.ts";
import { printable } from "../wire/text.ts";

/** A control packet (MQTT 3.1.1 section 2): its type, the flags beside it, and what follows the fixed header. */
export type Packet = { type: number; flags: number; body: Uint8Array };

/** No packet that is expected is longer, and not so many come. */
const LONGEST = 65_536;
const MOST = 32;

/** The whole packets at the start of `received`; `foreign` where what follows them is none. */
export function packets(received: Uint8Array): { whole: Packet[]; foreign: boolean } {
  const whole: Packet[] = [];
  for (let at = 0; whole.length < MOST; ) {
    const length = remainingLength(received.subarray(at + 1));
    if (length === "unfinished") return { whole, foreign: false };
    if (length === "foreign" || length.value > LONGEST) return { whole, foreign: true };
    const start = at + 1 + length.bytes;
    if (received.length < start + length.value) return { whole, foreign: false };
    const first = received[at] ?? 0;
    whole.push({ type: first >> 4, flags: first & 15, body: received.subarray(start, start + length.value) });
    at = start + length.value;
  }
  return { whole, foreign: true };
}

/** Seven bits in each byte, the lowest first, of four bytes at most (section 2.2.3). */
function remainingLength(bytes: Uint8Array): { value: number; bytes: number } | "unfinished" | "foreign" {
  let value = 0;
  for (let i = 0; i < 4; i++) {
    const byte = bytes[i];
    if (byte === undefined) return "unfinished";
    value += (byte & 0x7f) << (7 * i);
    if (byte < 0x80) return { value, bytes: i + 1 };
  }
  return "foreign";
}

/** The payload of a PUBLISH (section 3.3) as text. */
export function published({ flags, body }: Packet): string | undefined {
  return parsed(() => {
    const reader = new Reader(body);
    reader.skip(reader.u16());
    // What is delivered more surely than once at most has a number.
    if ((flags & 0b0110) !== 0) reader.skip(2);
    return printable(reader.take(reader.left));
  });
}
