import type { Exchange, ProbeAnswer, ProbeContext } from "../../protocol.ts";
import { join, le16, le32, same } from "../wire/bytes.ts";
import { parsed, Reader } from "../wire/reader.ts";
import { Endpoints, statusText } from "./answer.ts";
import { EPT_LOOKUP, lookup, readLookup, START } from "./lookup.ts";
import { MAPPER, uuidBytes } from "./uuid.ts";

/** The connectionless protocol, and what its messages are for (C706 section 12.5.3). */
const VERSION = 4;
const [REQUEST, RESPONSE, FAULT, WORKING, NO_CALL, REJECT, ACK] = [0, 2, 3, 4, 5, 6, 7];
/** Flags (C706 section 12.5.2.2): one of several fragments; no acknowledgement; asking again does no harm. */
const [FRAGMENT, NO_ACK, IDEMPOTENT] = [0x04, 0x08, 0x20];
/** No hint (C706 section 12.5.2.12). */
const NO_HINT = 0xffff;

/** So few endpoints that the reply is one datagram. */
const MOST = 8;

/** Asks the endpoint mapper for its first endpoints with one datagram, in a call that may be repeated (C706 appendix O). */
export function datagramLookup({ nonce }: ProbeContext): Exchange {
  const activity = nonce.subarray(0, 16);
  const stub = lookup(START, MOST);
  const request = join(
    // Least significant byte first, ASCII, IEEE, and the high half of a serial number (C706 section 12.5.2).
    Uint8Array.of(VERSION, REQUEST, NO_ACK | IDEMPOTENT, 0, 0x10, 0, 0, 0),
    // No object; then the interface, and the activity, by which a reply is known.
    new Uint8Array(16),
    uuidBytes(MAPPER),
    activity,
    // The server's start, not known; the interface's version; the call's number.
    ...[le32(0), le32(3), le32(0)],
    ...[le16(EPT_LOOKUP), le16(NO_HINT), le16(NO_HINT), le16(stub.length), le16(0)],
    // No authentication, and the low half of the serial number.
    Uint8Array.of(0, 0),
    stub,
  );
  return { request, read: (datagram) => parsed(() => answer(datagram, activity)) };
}

function answer(datagram: Uint8Array, activity: Uint8Array): ProbeAnswer | undefined {
  const order = ((datagram[4] ?? 0) & 0xf0) === 0x10 ? "little" : "big";
  const reader = new Reader(datagram, order);
  const [version, type, flags] = [reader.u8(), reader.u8(), reader.u8()];
  // The second flags, representation, serial number, object and interface.
  reader.skip(1 + 3 + 1 + 16 + 16);
  if (version !== VERSION || !same(reader.take(16), activity)) return undefined;
  // Server's start, version, sequence, operation and two hints; after the length, fragment, authentication and serial.
  reader.skip(4 + 4 + 4 + 2 + 2 + 2);
  const length = reader.u16();
  reader.skip(2 + 1 + 1);
  const body = reader.take(Math.min(length, reader.left));
  const endpoints = new Endpoints();
  if (type === RESPONSE) {
    const found = (flags & FRAGMENT) === 0 ? readLookup(body, order, MOST) : undefined;
    if (found === undefined) return endpoints.answer(false, "not in one datagram");
    endpoints.add(found);
    return endpoints.answer(found.handle === undefined && found.status === undefined);
  }
  if (type === FAULT || type === REJECT)
    return endpoints.answer(false, `fault ${statusText(new Reader(body, order).u32())}`);
  return [WORKING, NO_CALL, ACK].includes(type) ? endpoints.answer(false, "no result") : undefined;
}
