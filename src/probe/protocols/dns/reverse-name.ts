import { addressBytes } from "../../../model/address-block.ts";
import { hex } from "../wire/text.ts";

/** The name under which the name of an address is found (RFC 1035 section 3.5, RFC 3596 section 2.5). */
export function reverseName(address: string): string {
  const bytes = addressBytes(address) ?? [];
  if (bytes.length === 4) return `${bytes.toReversed().join(".")}.in-addr.arpa`;
  return `${[...hex(Uint8Array.from(bytes))].reverse().join(".")}.ip6.arpa`;
}
