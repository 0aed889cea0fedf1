import type { FieldValue, ProbeAnswer } from "../../protocol.ts";
import { same } from "../wire/bytes.ts";
import { Reader } from "../wire/reader.ts";
import { hex } from "../wire/text.ts";
import { chosen1, chosen2 } from "./chosen.ts";
import { type Payload, readMessage } from "./message.ts";
import { EXCHANGES, NOTIFIES_1, NOTIFIES_2, named, VENDORS } from "./names.ts";

/** Payloads of version 1 (RFC 2408 section 3.1) and 2 (RFC 7296 section 3.2): association, notification, vendor. */
const PAYLOADS = { 1: { sa: 1, notify: 11, vendor: 13 }, 2: { sa: 33, notify: 41, vendor: 43 } };

/** No vendor's number is longer than that, in bytes. */
const LONGEST_VENDOR = 64;

/** Reads the reply to a first message of one of the `initiators`; undefined for what is none. */
export function readReply(datagram: Uint8Array, initiators: Uint8Array[]): ProbeAnswer | undefined {
  const { header, payloads } = readMessage(datagram);
  const { initiator, responder, major, minor, exchange } = header;
  if (!initiators.some((ours) => same(ours, initiator)) || (major !== 1 && major !== 2)) return undefined;
  const { sa, notify, vendor } = PAYLOADS[major];
  const association = payloads.find((payload) => payload.type === sa);
  const choice = association && (major === 1 ? chosen1(association.body) : chosen2(association.body));
  const notifies = of(payloads, notify).map((body) => notification(body, major));
  const vendors = of(payloads, vendor).map(vendorName);
  const fields: { [name: string]: FieldValue } = {
    version: `${major}.${minor}`,
    exchange: named(EXCHANGES, exchange),
    responder: hex(responder),
    ...(choice && { chosen: choice }),
    ...(notifies.length > 0 && { notifies }),
    ...(vendors.length > 0 && { vendors }),
  };
  return { protocol: "isakmp", fields };
}

function of(payloads: Payload[], type: number): Uint8Array[] {
  return payloads.filter((payload) => payload.type === type).map((payload) => payload.body);
}

/** What a notification is about: after a domain in version 1 only, protocol and size of an SPI. */
function notification(body: Uint8Array, major: 1 | 2): string {
  const reader = new Reader(body);
  reader.skip(major === 1 ? 6 : 2);
  return named(major === 1 ? NOTIFIES_1 : NOTIFIES_2, reader.u16());
}

function vendorName(body: Uint8Array): string {
  const id = hex(body, LONGEST_VENDOR);
  return VENDORS[id] ?? id;
}
