import type { Exchange, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { mainMode } from "./isakmp/main-mode.ts";
import { readReply } from "./isakmp/reply.ts";
import { saInit } from "./isakmp/sa-init.ts";
import { parsed } from "./wire/reader.ts";

/**
 * IKE, the key exchange of IPsec: the first message of version 2 (RFC 7296 section 1.2) and of version 1 (RFC 2409
 * section 5, in the messages of RFC 2408). A server answers with what it chose, or why it does not go on. It gives the
 * exchange up by itself when nothing follows.
 */
export const isakmp: ProbeProtocol = {
  name: "isakmp",
  services: ["isakmp", "ike"],
  ports: [{ protocol: "udp", port: 500 }],
  // Both sides use the same port (RFC 2408 section 2.5.1), and some servers answer no other.
  sourcePort: 500,
  udp: exchange,
};

function exchange({ nonce }: ProbeContext): Exchange {
  // Different initiators, lest a server takes the second message for a part of the first exchange.
  const [newer, older] = [nonce.subarray(0, 8), nonce.subarray(8, 16)];
  return {
    request: saInit(newer, nonce),
    further: [mainMode(older)],
    read: (datagram) => parsed(() => readReply(datagram, [newer, older])),
  };
}
