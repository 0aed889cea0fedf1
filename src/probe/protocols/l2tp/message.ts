import { join, u16 } from "../wire/bytes.ts";
import { Malformed, Reader } from "../wire/reader.ts";

/** One attribute of a control message, of the IETF's own (RFC 2661 section 4.1). */
export type Avp = { type: number; value: Uint8Array };

/** Flags of a message: control, length present, sequence present; version 2 (RFC 2661 section 3.1). */
const [CONTROL, LENGTH, SEQUENCE, OFFSET] = [0x8000, 0x4000, 0x0800, 0x0200];
const VERSION = 2;
/** Flags, length, tunnel, session, Ns, Nr. */
const HEADER = 12;
/** Flags of an attribute: mandatory, hidden. Its length takes ten bits. */
const [MANDATORY, HIDDEN, LENGTH_BITS] = [0x8000, 0x4000, 0x03ff];
/** Flags with length, vendor, type. */
const AVP_HEADER = 6;

/** An attribute that the receiver must understand. */
export function avp(type: number, value: Uint8Array): Uint8Array {
  return join(u16(MANDATORY | (AVP_HEADER + value.length)), u16(0), u16(type), value);
}

/** The first control message to a peer of which nothing is known yet. */
export function controlMessage(...avps: Uint8Array[]): Uint8Array {
  const body = join(...avps);
  const ids = join(u16(0), u16(0), u16(0), u16(0));
  return join(u16(CONTROL | LENGTH | SEQUENCE | VERSION), u16(HEADER + body.length), ids, body);
}

/** The tunnel that a control message is for, and its attributes that are not hidden; undefined for what is none. */
export function readControlMessage(datagram: Uint8Array): { tunnel: number; avps: Avp[] } | undefined {
  const reader = new Reader(datagram);
  const flags = reader.u16();
  const wanted = CONTROL | LENGTH | SEQUENCE | VERSION;
  if ((flags & (wanted | OFFSET | 0xf)) !== wanted) return undefined;
  const length = reader.u16();
  const tunnel = reader.u16();
  reader.skip(6);
  if (length < HEADER) throw new Malformed("shorter than its header");
  return { tunnel, avps: [...attributes(new Reader(reader.take(length - HEADER)))] };
}

function* attributes(reader: Reader): Generator<Avp> {
  while (reader.left > 0) {
    const flags = reader.u16();
    const length = flags & LENGTH_BITS;
    if (length < AVP_HEADER) throw new Malformed("an attribute shorter than its header");
    const vendor = reader.u16();
    const type = reader.u16();
    const value = reader.take(length - AVP_HEADER);
    if (vendor === 0 && (flags & HIDDEN) === 0) yield { type, value };
  }
}
