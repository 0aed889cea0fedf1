import { ipv4Text, ipv6Text } from "../../../model/address.ts";

/** include/linux/socket.h */
export const AF_INET = 2;
export const AF_INET6 = 10;

/** An address that can be asked: 4 or 16 bytes, and for a link-local one the number of its interface. */
export type HostAddress = { readonly bytes: readonly number[]; readonly scope?: number };

/** One end of a socket as the kernel tells it. */
export type SocketAddress = { address: string; port: number };

export function familyOf({ bytes }: HostAddress): typeof AF_INET | typeof AF_INET6 {
  return bytes.length === 4 ? AF_INET : AF_INET6;
}

/**
 * A `sockaddr_in` (16 bytes, include/uapi/linux/in.h) or `sockaddr_in6` (28 bytes, include/uapi/linux/in6.h): the family
 * in the machine's order, which is little-endian on all that Portolan runs on, then the port in network order.
 */
export function encodeAddress(host: HostAddress, port: number): Uint8Array {
  const four = familyOf(host) === AF_INET;
  const bytes = new Uint8Array(four ? 16 : 28);
  bytes[0] = familyOf(host);
  setPort(bytes, port);
  bytes.set(host.bytes, four ? 4 : 8);
  if (!four) new DataView(bytes.buffer).setUint32(24, host.scope ?? 0, true);
  return bytes;
}

/** Changes the port of an encoded address. */
export function setPort(address: Uint8Array, port: number): void {
  address[2] = port >> 8;
  address[3] = port & 0xff;
}

/** Reads an encoded address; undefined for another family, or where bytes are missing. */
export function decodeAddress(bytes: Uint8Array): SocketAddress | undefined {
  const port = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
  const family = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
  if (family === AF_INET && bytes.length >= 8) return { address: ipv4Text(bytes, 4), port };
  if (family === AF_INET6 && bytes.length >= 24) return { address: ipv6Text(bytes, 8), port };
  return undefined;
}
