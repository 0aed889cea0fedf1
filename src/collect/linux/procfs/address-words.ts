import { ipv4Text, ipv6Text } from "../../../model/address.ts";
import { hexDigit } from "./socket-table.ts";

/**
 * The address that `words` stands for: 8 or 32 hexadecimal digits, each 8 a 32-bit word as the host that wrote it keeps
 * it in memory (`%08X` of a `__be32`, net/ipv4/tcp_ipv4.c). `littleEndian` says how that host orders bytes: it is the
 * host of the table, not the one that reads it. Absent when these are no such digits.
 */
export function addressOf(words: string, littleEndian: boolean): string | undefined {
  const bytes = new Uint8Array(words.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const high = hexDigit(words.charCodeAt(2 * i));
    const low = hexDigit(words.charCodeAt(2 * i + 1));
    if (high < 0 || low < 0) return undefined;
    const at = littleEndian ? (i & ~3) | (3 - (i & 3)) : i;
    bytes[at] = high * 16 + low;
  }
  if (bytes.length === 4) return ipv4Text(bytes, 0);
  return bytes.length === 16 ? ipv6Text(bytes, 0) : undefined;
}

/** `addressOf` that does the work once for each address: a machine has many sockets and few addresses. */
export function createAddressBook(littleEndian: boolean): (words: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (words) => {
    let address = known.get(words);
    if (address === undefined && !known.has(words)) {
      address = addressOf(words, littleEndian);
      known.set(words, address);
    }
    return address;
  };
}
