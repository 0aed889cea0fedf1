import type { ProbeAnswer, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { join, same, u32 } from "./wire/bytes.ts";
import { parsed, Reader } from "./wire/reader.ts";
import { hex } from "./wire/text.ts";

/**
 * QUIC (RFC 9000 section 6): asks in a version that does not exist, to which a server answers with those that it speaks.
 * Servers of HTTP/3 and of DNS over QUIC are such.
 */
export const quic: ProbeProtocol = {
  name: "quic",
  services: ["https", "quic", "domain-s"],
  ports: [443, 8443, 853].map((port) => ({ protocol: "udp", port })),
  udp: (context) => ({ request: request(context), read: (datagram) => answer(datagram, context) }),
};

/** A version of the form 0x?a?a?a?a, reserved for making a server negotiate (RFC 9000 section 15). */
const RESERVED = 0x1a2a_3a4a;
/** A shorter datagram does not make a server negotiate (RFC 9000 section 6.1). */
const LENGTH = 1200;
/** A packet with a long header, and the bit that is always set (RFC 9000 section 17.2). */
const LONG = 0xc0;

/** The names that both sides are given: 8 bytes each. */
function names({ nonce }: ProbeContext): { server: Uint8Array; client: Uint8Array } {
  return { server: nonce.subarray(0, 8), client: nonce.subarray(8, 16) };
}

/** A packet with a long header (RFC 8999 section 5.1) of nothing but zeros, which no version could decrypt. */
function request(context: ProbeContext): Uint8Array {
  const { server, client } = names(context);
  const header = join(
    ...[Uint8Array.of(LONG), u32(RESERVED)],
    ...[Uint8Array.of(server.length), server, Uint8Array.of(client.length), client],
  );
  return join(header, new Uint8Array(LENGTH - header.length));
}

/** More versions than that are not shown. */
const MOST = 64;

/** Reads a Version Negotiation packet (RFC 8999 section 6); undefined where it answers somebody else. */
function answer(datagram: Uint8Array, context: ProbeContext): ProbeAnswer | undefined {
  return parsed(() => {
    const { server, client } = names(context);
    const reader = new Reader(datagram);
    if ((reader.u8() & 0x80) === 0 || reader.u32() !== 0) return undefined;
    const [to, from] = [reader.take(reader.u8()), reader.take(reader.u8())];
    if (!same(to, client) || !same(from, server)) return undefined;
    const versions: string[] = [];
    while (reader.left >= 4 && versions.length < MOST) {
      const version = reader.take(4);
      if (!isReserved(version)) versions.push(versionName(version));
    }
    return { protocol: "quic", fields: { versions } };
  });
}

/** Servers name such a version too, so that clients do not grow used to a list (RFC 9000 section 6.3). */
function isReserved(version: Uint8Array): boolean {
  return version.every((byte) => (byte & 0x0f) === 0x0a);
}

/** RFC 9000 and RFC 9369 by their number, drafts by theirs, versions of Google as they name them, others in hexadecimal. */
function versionName(version: Uint8Array): string {
  const digits = hex(version);
  if (digits === "00000001") return "1";
  if (digits === "6b3343cf") return "2";
  const draft = /^ff0000([0-9a-f]{2})$/.exec(digits)?.[1];
  if (draft !== undefined) return `draft-${Number.parseInt(draft, 16)}`;
  const google = /^[QT]\d{3}$/.exec(Buffer.from(version).toString("latin1"))?.[0];
  return google ?? `0x${digits}`;
}
