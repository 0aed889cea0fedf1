import type { Exchange, FieldValue, ProbeAnswer, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { join, same, u16 } from "./wire/bytes.ts";
import { Malformed, parsed, Reader } from "./wire/reader.ts";
import { hex, printable } from "./wire/text.ts";

/** The NetBIOS name service (RFC 1002 section 4.2.17): asks a node for its names and its adapter's address. */
export const netbios: ProbeProtocol = {
  name: "netbios",
  services: ["netbios-ns"],
  ports: [{ protocol: "udp", port: 137 }],
  udp: exchange,
};

const NODE_STATUS = 0x21;
const INTERNET = 1;
/** The length of a name, with its 16th byte, which says what kind of service has it. */
const NAME = 16;

function exchange({ nonce }: ProbeContext): Exchange {
  const id = nonce.subarray(0, 2);
  // One question, no flags: not recursive, not a broadcast.
  const counts = join(u16(0), u16(1), u16(0), u16(0), u16(0));
  return {
    request: join(id, counts, anybody(), u16(NODE_STATUS), u16(INTERNET)),
    read: (datagram) => parsed(() => answer(datagram, id)),
  };
}

/** The name `*`, filled with zeros, each half byte as a letter from A on (RFC 1001 section 14.1). */
function anybody(): Uint8Array {
  return join(Uint8Array.of(32), `CK${"A".repeat(30)}`, Uint8Array.of(0));
}

/** A node status response (RFC 1002 section 4.2.18); a negative one proves the server as well. */
function answer(datagram: Uint8Array, id: Uint8Array): ProbeAnswer | undefined {
  const reader = new Reader(datagram);
  if (!same(reader.take(2), id)) return undefined;
  const flags = reader.u16();
  if ((flags & 0x8000) === 0) return undefined;
  const rcode = flags & 0xf;
  reader.skip(8);
  if (rcode !== 0) return { protocol: "netbios", fields: { rcode } };
  skipName(reader);
  if (reader.u16() !== NODE_STATUS) return undefined;
  // Class, time to live, and the length of what follows.
  reader.skip(2 + 4 + 2);
  const names = Array.from({ length: reader.u8() }, () => name(reader));
  // Statistics follow, of which the first is the adapter's address; some servers leave them out.
  const mac = reader.left < 6 ? undefined : hex(reader.take(6)).replace(/..(?!$)/g, "$&:");
  return { protocol: "netbios", fields: { names, ...(mac !== undefined && { mac }) } };
}

function skipName(reader: Reader): void {
  for (let labels = 0; labels < 128; labels++) {
    const length = reader.u8();
    if (length >= 0xc0) reader.skip(1);
    else reader.skip(length);
    if (length === 0 || length >= 0xc0) return;
  }
  throw new Malformed("a name without an end");
}

function name(reader: Reader): FieldValue {
  const bytes = reader.take(NAME - 1);
  const suffix = reader.u8();
  const flags = reader.u16();
  const group = (flags & 0x8000) !== 0;
  return { name: printable(bytes).replace(/(?:\\x00| )+$/, ""), suffix: hex(Uint8Array.of(suffix)), group };
}
