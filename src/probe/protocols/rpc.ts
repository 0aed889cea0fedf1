import type { ProbeProtocol } from "../protocol.ts";
import { connectedLookup } from "./rpc/connected.ts";
import { datagramLookup } from "./rpc/datagram.ts";

/**
 * The endpoint mapper of DCE/RPC (C706 appendix O, MS-RPCE section 2.2.1.2): asks for all endpoints that servers have
 * registered, over TCP with as many questions as it takes, over UDP with one.
 */
export const rpc: ProbeProtocol = {
  name: "rpc",
  services: ["epmap", "loc-srv"],
  ports: [
    { protocol: "tcp", port: 135 },
    { protocol: "udp", port: 135 },
  ],
  tcp: connectedLookup,
  udp: datagramLookup,
};
