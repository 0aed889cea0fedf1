import type { Conversation, FieldValue, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { packets, published } from "./mqtt/packet.ts";
import { CONNACK, connect, DISCONNECT, outcome, PINGRESP, PUBLISH, versionQuestion } from "./mqtt/talk.ts";
import { withTls } from "./wire/tls.ts";

/**
 * MQTT 3.1.1, which brokers of version 5 speak too: whether a stranger is let in, under a name that nobody has and which
 * leaves no session behind; and if so, what broker it is. Nothing is published.
 */
export const mqtt: ProbeProtocol = {
  name: "mqtt",
  services: ["mqtt"],
  ports: [{ protocol: "tcp", port: 1883 }],
  tcp: conversation,
};

/** MQTT inside TLS (MQTT 5.0 section 4.2). */
export const mqtts: ProbeProtocol = {
  name: "mqtts",
  services: ["mqtts", "secure-mqtt"],
  ports: [{ protocol: "tcp", port: 8883 }],
  tls: true,
  tcp: conversation,
};

function conversation({ nonce }: ProbeContext): Conversation {
  let admitted: { [name: string]: FieldValue } | undefined;
  return {
    first: connect(nonce),
    next(received, ended, tls) {
      const told = (fields: { [name: string]: FieldValue }, more?: { goodbye: Uint8Array }) => ({
        answer: withTls({ protocol: "mqtt", fields }, tls),
        ...more,
      });
      const heard = packets(received);
      if (admitted === undefined) {
        const [first] = heard.whole;
        if (first === undefined) return heard.foreign || ended ? { foreign: true } : { more: true };
        const fields = first.type === CONNACK ? outcome(first.body) : undefined;
        if (fields === undefined) return { foreign: true };
        if (fields.accepted !== true || ended) return told(fields);
        admitted = fields;
        return { send: versionQuestion() };
      }
      const message = heard.whole.find(({ type }) => type === PUBLISH);
      const pong = heard.whole.some(({ type }) => type === PINGRESP);
      if (!pong && !ended && !heard.foreign) return { more: true };
      const broker = message && published(message);
      return told({ ...admitted, ...(broker !== undefined && { broker }) }, { goodbye: DISCONNECT });
    },
  };
}
