import { join, le16, le32, u32 } from "../wire/bytes.ts";
import { Malformed, Reader } from "../wire/reader.ts";
import { uuidBytes } from "./uuid.ts";

/** A message of the connection-oriented protocol (C706 section 12.6, MS-RPCE section 2.2.2). */
export type Pdu = { type: number; last: boolean; order: "big" | "little"; body: Uint8Array };

/** What messages are for (C706 section 12.6.4.1). */
export const PDU = { request: 0, response: 2, fault: 3, bind: 11, bindAck: 12, bindNak: 13 };

const VERSION = 5;
const HEADER = 16;
/** The flags of a message in one piece: the first fragment, and the last. */
const [FIRST, LAST] = [0x01, 0x02];
/** Least significant byte first, ASCII, IEEE (C706 section 14.2.5). */
const REPRESENTATION = u32(0x10000000);
/** The longest fragments that we send and take, as servers of Windows have it. */
const FRAGMENT = 5840;

/** A server that cuts 500 endpoints into more fragments wastes our time. */
const MOST_FRAGMENTS = 1024;

/** The number of the context that `bind` makes and `request` uses, and of the call. */
const [CONTEXT, CALL] = [0, 1];

/** Asks to talk to the interface `abstract` in the syntax `transfer`. */
export function bind(abstract: [string, number], transfer: [string, number]): Uint8Array {
  const syntaxes = [abstract, transfer].flatMap(([uuid, version]) => [uuidBytes(uuid), le32(version)]);
  // No association group yet; one context with one transfer syntax.
  const counts = Uint8Array.of(1, 0, 0, 0, CONTEXT, 0, 1, 0);
  return message(PDU.bind, join(le16(FRAGMENT), le16(FRAGMENT), le32(0), counts, ...syntaxes));
}

/** Calls the operation `number` with the arguments `stub`. */
export function request(number: number, stub: Uint8Array): Uint8Array {
  return message(PDU.request, join(le32(stub.length), le16(CONTEXT), le16(number), stub));
}

function message(type: number, body: Uint8Array): Uint8Array {
  const start = Uint8Array.of(VERSION, 0, type, FIRST | LAST);
  return join(start, REPRESENTATION, le16(HEADER + body.length), le16(0), le32(CALL), body);
}

/** The whole messages at the start of `received`. Throws `Malformed` at what is none. */
export function readPdus(received: Uint8Array): Pdu[] {
  const pdus: Pdu[] = [];
  for (let at = 0; at + HEADER <= received.length; ) {
    const start = received.subarray(at);
    const order = ((start[4] ?? 0) & 0xf0) === 0x10 ? "little" : "big";
    const reader = new Reader(start, order);
    const [version, , type, flags] = [reader.u8(), reader.u8(), reader.u8(), reader.u8()];
    reader.skip(4);
    // Nothing is signed here, so that nothing of authentication is at its end.
    const [length, authentication] = [reader.u16(), reader.u16()];
    if (version !== VERSION || length < HEADER || authentication !== 0) throw new Malformed("no message of RPC");
    if (pdus.length === MOST_FRAGMENTS) throw new Malformed("too many fragments");
    if (start.length < length) break;
    pdus.push({ type, last: (flags & LAST) !== 0, order, body: start.subarray(HEADER, length) });
    at += length;
  }
  return pdus;
}
