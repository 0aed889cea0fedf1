import { ipv4Text, ipv6Text } from "./address.ts";
import { addressBytes } from "./address-block.ts";

/**
 * The address that `text` states, however it is written: as RFC 5952 asks, without a zone, and IPv4 mapped into IPv6 as
 * IPv4. Undefined where it is none.
 */
export function canonicalAddress(text: string): string | undefined {
  const bytes = addressBytes(text);
  if (bytes === undefined) return undefined;
  return bytes.length === 4 ? ipv4Text(Uint8Array.from(bytes), 0) : ipv6Text(Uint8Array.from(bytes), 0);
}

/** Whether what is sent to `address` goes to more than one machine: multicast (RFC 5771, RFC 4291), limited broadcast. */
export function isGroupAddress(address: string): boolean {
  const bytes = addressBytes(address);
  const [first = 0] = bytes ?? [];
  if (bytes?.length === 16) return first === 0xff;
  return (first & 0xf0) === 0xe0 || address === "255.255.255.255";
}
