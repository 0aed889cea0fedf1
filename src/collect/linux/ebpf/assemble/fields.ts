import { ipv4Text, ipv6Text } from "../../../../model/address.ts";
import type { Protocol } from "../../../../model/endpoint.ts";
import { HEAD } from "../records.gen.ts";

const AF_INET = 2; // include/linux/socket.h
const IPPROTO_UDP = 17; // RFC 790

/** Reads the fields of one batch of records. */
export type Fields = { bytes: Uint8Array; view: DataView };

export function fieldsOf(bytes: Uint8Array): Fields {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/** A 64-bit count as a number; exact up to 2^53. */
export function u64(fields: Fields, at: number): number {
  return fields.view.getUint32(at + 4, true) * 0x100000000 + fields.view.getUint32(at, true);
}

/**
 * A socket's cookie, or its address. The kernel counts cookies up from 1, and down from 0 where an interrupt comes in
 * between (gen_cookie_next() of include/linux/cookie.h): read as a signed number both kinds are exact, and so are the
 * addresses of sockets, which end in six zeros.
 */
export function cookieAt(fields: Fields, at: number): number {
  return fields.view.getInt32(at + 4, true) * 0x100000000 + fields.view.getUint32(at, true);
}

/** The start of every record. */
export type Head = { kind: number; protocol: Protocol; family: number; pid: number; at: number; started: number };

/** The protocol of the record at `offset`. */
export function protocolAt(bytes: Uint8Array, offset: number): Protocol {
  return bytes[offset + HEAD.protocol] === IPPROTO_UDP ? "udp" : "tcp";
}

/** Reads a record's head: `at` and `started` are nanoseconds since boot. */
export function headAt(fields: Fields, offset: number): Head {
  const { view, bytes } = fields;
  return {
    kind: view.getUint16(offset + HEAD.kind, true),
    protocol: protocolAt(bytes, offset),
    family: bytes[offset + HEAD.family] ?? 0,
    pid: view.getUint32(offset + HEAD.pid, true),
    at: u64(fields, offset + HEAD.at),
    started: u64(fields, offset + HEAD.started),
  };
}

/** Texts of addresses, and names of interfaces for those that mean something only on one link. */
export type AddressBook = { text(fields: Fields, at: number, family: number, link?: Link): string };

/** An interface by its index (0: none) in a network namespace that the process `pid` is in. */
export type Link = { index: number; networkNamespace: number; pid: number };

const REMEMBERED = 4096;

/** Formats addresses; the last few thousand IPv4 ones are kept, since traffic comes back to the same peers. */
export function addressBook(interfaceName: (link: Link) => string | undefined): AddressBook {
  const known = new Map<number, string>();
  const four = (fields: Fields, at: number): string => {
    const word = fields.view.getUint32(at, true);
    let text = known.get(word);
    if (text === undefined) {
      if (known.size >= REMEMBERED) known.clear();
      text = ipv4Text(fields.bytes, at);
      known.set(word, text);
    }
    return text;
  };
  return {
    text(fields, at, family, link) {
      if (family === AF_INET) return four(fields, at);
      const text = ipv6Text(fields.bytes, at);
      const linkLocal = fields.bytes[at] === 0xfe && ((fields.bytes[at + 1] ?? 0) & 0xc0) === 0x80;
      const name = linkLocal && link !== undefined && link.index > 0 ? interfaceName(link) : undefined;
      return name === undefined ? text : `${text}%${name}`;
    },
  };
}
