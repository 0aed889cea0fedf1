import { ipv4Text, ipv6Text } from "../../../model/address.ts";
import { endpointText } from "../../../model/endpoint.ts";
import type { FieldValue } from "../../protocol.ts";
import { parsed, Reader } from "../wire/reader.ts";
import { printable } from "../wire/text.ts";

/** Types of attributes (RFC 8489 section 18.3, RFC 5780 section 9.1). */
const MAPPED = 0x0001;
const ERROR = 0x0009;
const XOR_MAPPED = 0x0020;
const SOFTWARE = 0x8022;
const ORIGIN = 0x802b;
const OTHER = 0x802c;

/** More attributes are not read. */
const MOST = 64;

/**
 * What a message says in its attributes, as far as it can be read. `mask` is what hides an address from devices that
 * rewrite every address they see: the cookie and the id of the transaction (RFC 8489 section 14.2).
 */
export function attributes(bytes: Uint8Array, mask: Uint8Array): { [name: string]: FieldValue } {
  const fields: { [name: string]: FieldValue } = {};
  parsed(() => {
    const reader = new Reader(bytes);
    for (let count = 0; count < MOST && reader.left > 0; count++) {
      const type = reader.u16();
      const value = reader.take(reader.u16());
      Object.assign(fields, attribute(type, value, mask));
      if (reader.left > 0) reader.align(4);
    }
  });
  return fields;
}

function attribute(type: number, value: Uint8Array, mask: Uint8Array): { [name: string]: FieldValue } | undefined {
  if (type === SOFTWARE) return { software: printable(value) };
  if (type === ERROR && value.length >= 4) return error(value);
  if (type === XOR_MAPPED) return named("mapped", endpoint(unmasked(value, mask)));
  if (type === MAPPED) return named("mapped", endpoint(value));
  if (type === ORIGIN) return named("origin", endpoint(value));
  if (type === OTHER) return named("other", endpoint(value));
  return undefined;
}

function named(name: string, value: string | undefined): { [name: string]: FieldValue } | undefined {
  return value === undefined ? undefined : { [name]: value };
}

/** The hundreds of the code and the rest, then what it means (RFC 8489 section 14.8). */
function error(value: Uint8Array): { [name: string]: FieldValue } {
  const code = ((value[2] ?? 0) & 7) * 100 + ((value[3] ?? 0) % 100);
  return { errorCode: code, error: printable(value.subarray(4)) };
}

const [FAMILY_IPV4, FAMILY_IPV6] = [1, 2];

/** An address and a port (RFC 8489 section 14.1). */
function endpoint(value: Uint8Array): string | undefined {
  const family = value[1];
  const ipv4 = family === FAMILY_IPV4 && value.length === 8;
  if (!ipv4 && !(family === FAMILY_IPV6 && value.length === 20)) return undefined;
  const port = ((value[2] ?? 0) << 8) | (value[3] ?? 0);
  return endpointText({ address: ipv4 ? ipv4Text(value, 4) : ipv6Text(value, 4), port });
}

/** Both port and address are masked from the first byte of the mask on. */
function unmasked(value: Uint8Array, mask: Uint8Array): Uint8Array {
  return value.map((byte, at) => byte ^ (mask[at < 4 ? at - 2 : at - 4] ?? 0));
}
