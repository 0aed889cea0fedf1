import type { Conversation, Exchange, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { readReply, resultAnswer } from "./ldap/reply.ts";
import { searchRootDse, unbind } from "./ldap/request.ts";
import { buffer } from "./wire/bytes.ts";
import { withTls } from "./wire/tls.ts";

/**
 * LDAP (RFC 4511): reads the root of a directory, which everybody may (RFC 4512 section 5.1): over TCP, and over UDP as
 * domain controllers answer it (MS-ADTS section 3.1.1.3.1.11).
 */
export const ldap: ProbeProtocol = {
  name: "ldap",
  services: ["ldap", "msft-gc"],
  ports: [
    { protocol: "tcp", port: 389 },
    { protocol: "udp", port: 389 },
    { protocol: "tcp", port: 3268 },
  ],
  tcp: conversation,
  udp: exchange,
};

/** LDAP inside TLS. */
export const ldaps: ProbeProtocol = {
  name: "ldaps",
  services: ["ldaps", "msft-gc-ssl"],
  ports: [
    { protocol: "tcp", port: 636 },
    { protocol: "tcp", port: 3269 },
  ],
  tls: true,
  tcp: conversation,
};

/** A longer reply is read up to here. */
const LONGEST = 262_144;

function conversation(context: ProbeContext): Conversation {
  const id = messageId(context);
  return {
    first: searchRootDse(id),
    next(received, ended, tls) {
      const reply = readReply(received.subarray(0, LONGEST), id);
      if (reply === undefined) return { foreign: true };
      if (!reply.done && !ended && received.length < LONGEST) return { more: true };
      const answer = resultAnswer(reply);
      if (answer === undefined) return { foreign: true };
      return { answer: withTls(answer, tls), ...(ended ? {} : { goodbye: unbind(id) }) };
    },
  };
}

function exchange(context: ProbeContext): Exchange {
  const id = messageId(context);
  return {
    request: searchRootDse(id),
    read(datagram) {
      const reply = readReply(datagram, id);
      return reply && resultAnswer(reply);
    },
  };
}

/** A number of 30 bits but zero, which a server keeps for itself (RFC 4511 section 4.1.1.1); so that one more is one too. */
function messageId({ nonce }: ProbeContext): number {
  return buffer(nonce).readUInt32BE() >>> 2 || 1;
}
