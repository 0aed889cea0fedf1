import { ipv4Text, ipv6Text } from "../../../model/address.ts";
import type { LinkNames } from "./snapshot-links.ts";

const AF_INET = 2; // include/linux/socket.h

/** Where an address means something: the interface that the socket is bound to, or 0, in its network namespace. */
export type Link = { networkNamespace: number; index: number };

/** Reads the address at `at` of a batch. */
export type SnapshotAddresses = (bytes: Uint8Array, at: number, family: number, link: Link) => string;

/**
 * Texts of addresses, each made once: a machine has many sockets and few addresses. Keys are numbers, because making one
 * as a text costs as much as the address.
 */
export function snapshotAddresses(names: LinkNames): SnapshotAddresses {
  const four = new Map<number, string>();
  const six = new Map<number, Link & { bytes: Uint8Array; text: string }>();
  const newSix = (bytes: Uint8Array, at: number, { networkNamespace, index }: Link) => {
    const text = ipv6Text(bytes, at);
    const linkLocal = bytes[at] === 0xfe && ((bytes[at + 1] ?? 0) & 0xc0) === 0x80;
    const name = linkLocal && index > 0 ? names(networkNamespace, index) : undefined;
    return name === undefined ? text : `${text}%${name}`;
  };
  return (bytes, at, family, link) => {
    if (family === AF_INET) {
      const key = wordAt(bytes, at);
      let text = four.get(key);
      if (text === undefined) {
        text = ipv4Text(bytes, at);
        four.set(key, text);
      }
      return text;
    }
    const key = wordAt(bytes, at) ^ wordAt(bytes, at + 4) ^ wordAt(bytes, at + 8) ^ wordAt(bytes, at + 12);
    const known = six.get(key);
    if (known && isSameLink(known, link) && isSame(known.bytes, bytes, at)) return known.text;
    const text = newSix(bytes, at, link);
    six.set(key, { ...link, bytes: bytes.slice(at, at + 16), text });
    return text;
  };
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

function isSameLink(one: Link, other: Link): boolean {
  return one.index === other.index && one.networkNamespace === other.networkNamespace;
}

function isSame(known: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < 16; i++) if (known[i] !== bytes[at + i]) return false;
  return true;
}
