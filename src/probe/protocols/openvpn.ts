import type { Conversation, ProbeAnswer, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { buffer, join, same, u16, u32 } from "./wire/bytes.ts";
import { parsed, Reader } from "./wire/reader.ts";

/**
 * OpenVPN ("OpenVPN Wire Protocol", and the description in its ssl_pkt.h): the first packet of a client, to which a server
 * without a key of the network answers. With one (`tls-auth`, `tls-crypt`) it is silent.
 */
export const openvpn: ProbeProtocol = {
  name: "openvpn",
  services: ["openvpn"],
  ports: [
    { protocol: "udp", port: 1194 },
    { protocol: "tcp", port: 1194 },
  ],
  silence: "OpenVPN with tls-auth or tls-crypt answers only those who have its key",
  udp: (context) => ({ request: reset(context), read: (datagram) => answer(datagram, context) }),
  tcp: conversation,
};

/** P_CONTROL_HARD_RESET_CLIENT_V2 and the server's answer, in the upper 5 bits; the lower 3 are the number of the key. */
const [CLIENT_RESET, SERVER_RESET] = [7, 8];
/** The length before each packet over TCP; no first packet is longer than that. */
const PREFIX = 2;
const LONGEST = 512;

/** The name of a session, no acknowledgements, and packet 0. */
function reset({ nonce }: ProbeContext): Uint8Array {
  return join(Uint8Array.of(CLIENT_RESET << 3), nonce.subarray(0, 8), Uint8Array.of(0), u32(0));
}

function conversation(context: ProbeContext): Conversation {
  const asked = reset(context);
  return {
    first: join(u16(asked.length), asked),
    next(received, ended) {
      if (received.length < PREFIX) return ended ? { foreign: true } : { more: true };
      const length = buffer(received).readUInt16BE();
      if (length > LONGEST) return { foreign: true };
      if (received.length < PREFIX + length && !ended) return { more: true };
      const found = answer(received.subarray(PREFIX, PREFIX + length), context);
      return found === undefined ? { foreign: true } : { answer: found };
    },
  };
}

/** The server's own session, and an acknowledgement of our packet; undefined where it answers somebody else. */
function answer(packet: Uint8Array, { nonce }: ProbeContext): ProbeAnswer | undefined {
  return parsed(() => {
    const reader = new Reader(packet);
    if (reader.u8() >> 3 !== SERVER_RESET) return undefined;
    reader.skip(8);
    const acknowledged = reader.u8();
    if (acknowledged === 0) return undefined;
    reader.skip(4 * acknowledged);
    if (!same(reader.take(8), nonce.subarray(0, 8))) return undefined;
    return { protocol: "openvpn", fields: { needsKey: false } };
  });
}
