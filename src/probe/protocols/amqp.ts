import type { Conversation, ProbeProtocol } from "../protocol.ts";
import { start } from "./amqp/start.ts";
import { buffer, join, same } from "./wire/bytes.ts";
import { withTls } from "./wire/tls.ts";

/**
 * AMQP 0-9-1 (section 4.2.2), the protocol of RabbitMQ: what the broker calls itself, and how it wants users to prove who
 * they are. A broker of AMQP 1.0 answers with its own version. The conversation ends before a user is named.
 */
export const amqp: ProbeProtocol = {
  name: "amqp",
  services: ["amqp"],
  ports: [{ protocol: "tcp", port: 5672 }],
  tcp: conversation,
};

/** AMQP inside TLS. */
export const amqps: ProbeProtocol = {
  name: "amqps",
  services: ["amqps"],
  ports: [{ protocol: "tcp", port: 5671 }],
  tls: true,
  tcp: conversation,
};

const NAME = join("AMQP");
const HEADER_LENGTH = 8;
/** A frame (section 4.2.3): type, channel and length; the payload; an end. */
const FRAME = 7;
const METHOD = 1;
const END = 0xce;
/** A longer frame is not waited for. */
const LONGEST = 16_384;

function conversation(): Conversation {
  return {
    first: join(NAME, Uint8Array.of(0, 0, 9, 1)),
    next(received, ended, tls) {
      if (received.length < FRAME) return ended ? { foreign: true } : { more: true };
      if (same(received.subarray(0, NAME.length), NAME)) {
        if (received.length < HEADER_LENGTH) return ended ? { foreign: true } : { more: true };
        // What it speaks instead: the second byte after the name tells security layers of 1.0 from the protocol itself.
        const version = received.subarray(5, HEADER_LENGTH).join("-");
        return { answer: withTls({ protocol: "amqp", fields: { speaks: version } }, tls) };
      }
      const length = buffer(received).readUInt32BE(3);
      if (received[0] !== METHOD || length > LONGEST) return { foreign: true };
      const whole = received.length > FRAME + length;
      if (!whole && !ended) return { more: true };
      const fields = received[FRAME + length] === END ? start(received.subarray(FRAME, FRAME + length)) : undefined;
      return fields === undefined ? { foreign: true } : { answer: withTls({ protocol: "amqp", fields }, tls) };
    },
  };
}
