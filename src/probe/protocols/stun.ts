import type { Conversation, ProbeAnswer, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { attributes } from "./stun/attributes.ts";
import { join, same, u16, u32 } from "./wire/bytes.ts";
import { parsed, Reader } from "./wire/reader.ts";
import { withTls } from "./wire/tls.ts";

/** STUN (RFC 8489), which TURN (RFC 8656) speaks too: asks from which address the question seems to come. */
export const stun: ProbeProtocol = {
  name: "stun",
  services: ["stun", "turn"],
  ports: [
    { protocol: "udp", port: 3478 },
    { protocol: "tcp", port: 3478 },
  ],
  udp: (context) => ({ request: request(context), read: (datagram) => answer(datagram, context) }),
  tcp: conversation,
};

/** STUN inside TLS (RFC 8489 section 6.2.2). */
export const stuns: ProbeProtocol = {
  name: "stuns",
  services: ["stuns", "turns"],
  ports: [{ protocol: "tcp", port: 5349 }],
  tls: true,
  tcp: conversation,
};

const HEADER = 20;
const COOKIE = 0x2112a442;
const [REQUEST, SUCCESS, FAILURE] = [0x0001, 0x0101, 0x0111];
/** A longer message is not waited for. */
const LONGEST = 4096;

function request({ nonce }: ProbeContext): Uint8Array {
  return join(u16(REQUEST), u16(0), u32(COOKIE), nonce.subarray(0, 12));
}

function conversation(context: ProbeContext): Conversation {
  return {
    first: request(context),
    next(received, ended, tls) {
      const length = received.length < 4 ? 0 : new DataView(received.buffer, received.byteOffset).getUint16(2);
      if (length > LONGEST) return { foreign: true };
      if (received.length < HEADER + length && !ended) return { more: true };
      const found = answer(received, context);
      return found === undefined ? { foreign: true } : { answer: withTls(found, tls) };
    },
  };
}

/** Reads a message (RFC 8489 section 5); undefined where it answers somebody else. */
function answer(message: Uint8Array, { nonce }: ProbeContext): ProbeAnswer | undefined {
  return parsed(() => {
    const reader = new Reader(message);
    const type = reader.u16();
    const length = reader.u16();
    const mask = reader.take(16);
    if (!same(mask, join(u32(COOKIE), nonce.subarray(0, 12)))) return undefined;
    if (type !== SUCCESS && type !== FAILURE) return undefined;
    return { protocol: "stun", fields: { ok: type === SUCCESS, ...attributes(reader.take(length), mask) } };
  });
}
