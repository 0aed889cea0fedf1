import { ipv4Text, ipv6Text } from "../../model/address.ts";
import { addressBytes } from "../../model/address-block.ts";

const ZONE = "%".charCodeAt(0);

/**
 * An address as records keep it: 4 or 16 bytes in network order, 16 and the zone behind "%", or the text where that
 * would not give back the same text.
 */
export function addressValue(text: string): Uint8Array | string {
  const bytes = bytesOf(text);
  return bytes !== undefined && addressText(bytes) === text ? bytes : text;
}

/** The text of what `addressValue` made. */
export function addressText(value: Uint8Array | string): string {
  if (typeof value === "string") return value;
  if (value.length === 4) return ipv4Text(value, 0);
  const zone = value.length > 16 ? Buffer.from(value.subarray(16)).toString() : "";
  return ipv6Text(value, 0) + zone;
}

function bytesOf(text: string): Uint8Array | undefined {
  const [address = "", ...zone] = text.split("%");
  const bytes = addressBytes(address);
  if (bytes === undefined) return undefined;
  // Addresses mapped into IPv6 are kept apart from those of IPv4.
  const mapped = bytes.length === 4 && address.includes(":");
  const whole = mapped ? [...MAPPED, ...bytes] : bytes;
  return Uint8Array.from(zone.length === 0 ? whole : [...whole, ZONE, ...Buffer.from(zone.join("%"))]);
}

/** What IPv4 addresses mapped into IPv6 begin with (RFC 4291, section 2.5.5.2). */
export const MAPPED: readonly number[] = [...Array<number>(10).fill(0), 0xff, 0xff];
