import { parsed, Reader } from "../wire/reader.ts";

/** A message (RFC 7252 section 3), as far as it matters. */
export type Message = {
  type: number;
  code: number;
  id: Uint8Array;
  token: Uint8Array;
  payload: Uint8Array;
  /** Whether this is the first of several blocks (RFC 7959 section 2.2). */
  goesOn: boolean;
};

const VERSION = 1;
const PAYLOAD = 0xff;
const BLOCK2 = 23;
const MORE = 0x08;
/** More options are not read. */
const MOST = 64;

/** Reads a message; undefined where it is none. */
export function readMessage(datagram: Uint8Array): Message | undefined {
  return parsed(() => {
    const reader = new Reader(datagram);
    const first = reader.u8();
    const [code, id] = [reader.u8(), reader.take(2)];
    const tokenLength = first & 0x0f;
    if (first >> 6 !== VERSION || tokenLength > 8) return undefined;
    const token = reader.take(tokenLength);
    const goesOn = options(reader);
    return { type: (first >> 4) & 3, code, id, token, payload: reader.take(reader.left), goesOn };
  });
}

/** Passes over the options, up to the payload, and tells whether more blocks follow. */
function options(reader: Reader): boolean {
  let goesOn = false;
  let option = 0;
  for (let i = 0; i < MOST && reader.left > 0; i++) {
    const byte = reader.u8();
    if (byte === PAYLOAD) return goesOn;
    option += extended(reader, byte >> 4);
    const value = reader.take(extended(reader, byte & 15));
    if (option === BLOCK2) goesOn = ((value.at(-1) ?? 0) & MORE) !== 0;
  }
  return goesOn;
}

/** A number of four bits, or in one or two bytes more (section 3.1). */
function extended(reader: Reader, nibble: number): number {
  if (nibble === 13) return 13 + reader.u8();
  return nibble === 14 ? 269 + reader.u16() : nibble;
}
