import { join, u16, u32 } from "../wire/bytes.ts";
import { Malformed, Reader } from "../wire/reader.ts";

/** The start of a message of either version (RFC 7296 section 3.1, RFC 2408 section 3.1). */
export type Header = {
  initiator: Uint8Array;
  responder: Uint8Array;
  major: number;
  minor: number;
  exchange: number;
};

/** One payload: what it is, and what is in it. */
export type Payload = { type: number; body: Uint8Array };

const HEADER = 28;
/** Next payload, flags, length (RFC 7296 section 3.2, RFC 2408 section 3.2). */
const PAYLOAD_HEADER = 4;
/** More payloads are not read. */
const MOST_PAYLOADS = 64;
/** The flag that says that payloads are encrypted, in version 1 (RFC 2408 section 3.1). */
const ENCRYPTED = 0x01;

/** The first message of an exchange, with its payloads in a row. */
export function message(initiator: Uint8Array, version: number, exchange: number, flags: number, payloads: Payload[]) {
  const body = payloads.map((payload, i) => generic(payloads[i + 1]?.type ?? 0, payload.body));
  const length = HEADER + body.reduce((sum, each) => sum + each.length, 0);
  const start = Uint8Array.of(payloads[0]?.type ?? 0, version, exchange, flags);
  return join(initiator, new Uint8Array(8), start, u32(0), u32(length), ...body);
}

/** A payload, proposal or transform: each has the same four bytes before it. */
export function generic(next: number, body: Uint8Array): Uint8Array {
  return join(Uint8Array.of(next, 0), u16(PAYLOAD_HEADER + body.length), body);
}

/** The header and the payloads of a message; no payloads where they are encrypted. */
export function readMessage(datagram: Uint8Array): { header: Header; payloads: Payload[] } {
  const reader = new Reader(datagram);
  const [initiator, responder] = [reader.take(8), reader.take(8)];
  const [first, version, exchange, flags] = [reader.u8(), reader.u8(), reader.u8(), reader.u8()];
  reader.skip(4);
  const length = reader.u32();
  if (length < HEADER || length > datagram.length) throw new Malformed("a length that is not its own");
  const header = { initiator, responder, major: version >> 4, minor: version & 15, exchange };
  if (header.major === 1 && (flags & ENCRYPTED) !== 0) return { header, payloads: [] };
  return { header, payloads: chain(new Reader(reader.take(length - HEADER)), first) };
}

/** Payloads, proposals or transforms in a row, of which each names the type of the next. */
export function chain(reader: Reader, first: number): Payload[] {
  const found: Payload[] = [];
  for (let type = first; type !== 0 && found.length < MOST_PAYLOADS; ) {
    const next = reader.u8();
    reader.skip(1);
    const length = reader.u16();
    if (length < PAYLOAD_HEADER) throw new Malformed("shorter than its header");
    found.push({ type, body: reader.take(length - PAYLOAD_HEADER) });
    type = next;
  }
  return found;
}
