import type { ProbeAnswer, ProbeProtocol } from "../protocol.ts";
import { readCapabilities } from "./ipmi/capabilities.ts";
import { readPong } from "./ipmi/pong.ts";

/**
 * IPMI over a network (IPMI 2.0 sections 13 and 22.13), by which management controllers of servers are reached: which
 * versions one speaks, and whom it would let in. A controller that does not answer that answers a ping (ASF 2.0
 * section 3.2.4.2). No session is opened.
 */
export const ipmi: ProbeProtocol = {
  name: "ipmi",
  services: ["asf-rmcp", "ipmi"],
  ports: [{ protocol: "udp", port: 623 }],
  udp: ({ nonce }) => ({
    request: CAPABILITIES,
    further: [Uint8Array.of(...RMCP, ASF, ...ASF_IANA, PING, (nonce[0] ?? 0) & 0x7f, 0, 0)],
    read: (datagram): ProbeAnswer | undefined => readCapabilities(datagram) ?? readPong(datagram),
  }),
};

/** The header of RMCP (ASF 2.0 section 3.2.2): version 6, no acknowledgement wanted. Its fourth byte is the class. */
const RMCP = [6, 0, 0xff];
const [ASF, IPMI] = [6, 7];
const ASF_IANA = [0, 0, 0x11, 0xbe];
const PING = 0x80;

/** Get Channel Authentication Capabilities for this channel and an administrator, outside a session, with two checksums. */
const CAPABILITIES = Uint8Array.of(
  ...[...RMCP, IPMI],
  ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 9],
  ...[0x20, 0x18, 0xc8, 0x81, 0, 0x38, 0x8e, 0x04, 0xb5],
);
