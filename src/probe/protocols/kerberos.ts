import type { Conversation, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { readReply } from "./kerberos/reply.ts";
import { realmOf, request } from "./kerberos/request.ts";
import { buffer, join, u32 } from "./wire/bytes.ts";

/**
 * Kerberos (RFC 4120): asks for a ticket for a principal that does not exist, so that nobody's account counts a failure;
 * the refusal tells the time of the server, and its realm
 * where that is another one than it was asked for.
 */
export const kerberos: ProbeProtocol = {
  name: "kerberos",
  services: ["kerberos", "kerberos-sec"],
  ports: [
    { protocol: "udp", port: 88 },
    { protocol: "tcp", port: 88 },
  ],
  udp: (context) => ({ request: request(context), read: (datagram) => readReply(datagram, realmOf(context)) }),
  tcp: conversation,
};

/** The length before each message over TCP (RFC 4120 section 7.2.2). */
const PREFIX = 4;
const LONGEST = 16_384;

function conversation(context: ProbeContext): Conversation {
  const asked = request(context);
  return {
    first: join(u32(asked.length), asked),
    next(received, ended) {
      if (received.length < PREFIX) return ended ? { foreign: true } : { more: true };
      const length = buffer(received).readUInt32BE();
      if (length > LONGEST) return { foreign: true };
      if (received.length < PREFIX + length && !ended) return { more: true };
      const found = readReply(received.subarray(PREFIX, PREFIX + length), realmOf(context));
      return found === undefined ? { foreign: true } : { answer: found };
    },
  };
}
