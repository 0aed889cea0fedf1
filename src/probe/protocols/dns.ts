import { type DecodedPacket, decode, encode, RECURSION_DESIRED } from "dns-packet";
import type { Conversation, Exchange, ProbeAnswer, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { dnsFields } from "./dns/fields.ts";
import { buffer, join, u16 } from "./wire/bytes.ts";
import { withTls } from "./wire/tls.ts";

/**
 * DNS (RFC 1035): asks for the name servers of the root. Every resolver has them, so that nobody else is asked anything
 * (RFC 8109); an authoritative server refuses. Each reply proves the server, a negative one too.
 */
export const dns: ProbeProtocol = {
  name: "dns",
  services: ["domain", "dns"],
  ports: [
    { protocol: "udp", port: 53 },
    { protocol: "tcp", port: 53 },
  ],
  udp: exchange,
  tcp: conversation,
};

/** DNS inside TLS (RFC 7858). */
export const dnsOverTls: ProbeProtocol = {
  name: "dns-tls",
  services: ["domain-s"],
  ports: [{ protocol: "tcp", port: 853 }],
  tls: true,
  applicationProtocols: ["dot"],
  tcp: conversation,
};

/** The length that precedes each message over TCP (RFC 1035 section 4.2.2). */
const PREFIX = 2;
const HEADER = 12;

function exchange(context: ProbeContext): Exchange {
  return { request: question(context), read: (datagram) => answer(datagram, context) };
}

function conversation(context: ProbeContext): Conversation {
  const asked = question(context);
  return {
    first: join(u16(asked.length), asked),
    next(received, ended, tls) {
      const length = received.length < PREFIX ? Number.POSITIVE_INFINITY : buffer(received).readUInt16BE();
      if (length < HEADER || foreignId(received.subarray(PREFIX), context)) return { foreign: true };
      if (received.length < PREFIX + length && !ended) return { more: true };
      const found = answer(received.subarray(PREFIX, PREFIX + length), context);
      return found === undefined ? { foreign: true } : { answer: withTls(found, tls) };
    },
  };
}

function question(context: ProbeContext): Uint8Array {
  const questions = [{ type: "NS" as const, name: "." }];
  return encode({ type: "query", id: idOf(context), flags: RECURSION_DESIRED, questions });
}

function answer(message: Uint8Array, context: ProbeContext): ProbeAnswer | undefined {
  if (message.length < HEADER || foreignId(message, context)) return undefined;
  const whole = decoded(message);
  const packet = whole ?? decoded(join(message.subarray(0, 4), new Uint8Array(8)));
  if (packet?.type !== "response") return undefined;
  return { protocol: "dns", fields: { ...dnsFields(packet), ...(whole === undefined && { malformed: true }) } };
}

/** The library throws errors of several kinds at what is no message, and tells none of them apart. */
function decoded(message: Uint8Array): DecodedPacket | undefined {
  try {
    return decode(buffer(message));
  } catch {
    return undefined;
  }
}

function idOf({ nonce }: ProbeContext): number {
  return buffer(nonce).readUInt16BE();
}

/** Whether the message has another id than ours, as far as it came. */
function foreignId(message: Uint8Array, { nonce }: ProbeContext): boolean {
  return message.subarray(0, 2).some((byte, at) => byte !== nonce[at]);
}
