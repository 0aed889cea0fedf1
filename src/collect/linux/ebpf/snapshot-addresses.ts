import { ipv4Text, ipv6Text } from "../../../model/address.ts";
import { interfaceNames } from "./interface-names.ts";

const AF_INET = 2; // include/linux/socket.h

/** Reads the address at `at` of a batch; `index` is the interface that the socket is bound to, or 0. */
export type SnapshotAddresses = (bytes: Uint8Array, at: number, family: number, index: number) => string;

/**
 * Texts of addresses, each made once: a machine has many sockets and few addresses. Keys are numbers, because making one
 * as a text costs as much as the address.
 */
export function snapshotAddresses(): SnapshotAddresses {
  const interfaceName = interfaceNames();
  const four = new Map<number, string>();
  const six = new Map<number, { bytes: Uint8Array; index: number; text: string }>();
  const newSix = (bytes: Uint8Array, at: number, index: number) => {
    const text = ipv6Text(bytes, at);
    const linkLocal = bytes[at] === 0xfe && ((bytes[at + 1] ?? 0) & 0xc0) === 0x80;
    const name = linkLocal && index > 0 ? interfaceName(index) : undefined;
    return name === undefined ? text : `${text}%${name}`;
  };
  return (bytes, at, family, index) => {
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
    if (known?.index === index && isSame(known.bytes, bytes, at)) return known.text;
    const text = newSix(bytes, at, index);
    six.set(key, { bytes: bytes.slice(at, at + 16), index, text });
    return text;
  };
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

function isSame(known: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < 16; i++) if (known[i] !== bytes[at + i]) return false;
  return true;
}
