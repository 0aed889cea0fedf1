import type { ProbeProtocol } from "../protocol.ts";

/**
 * WireGuard ("WireGuard: Next Generation Kernel Network Tunnel", section 5.3), which is silent on purpose: it answers a
 * message only where that proves to know the server's public key. So it is asked nothing, and its silence is explained.
 */
export const wireguard: ProbeProtocol = {
  name: "wireguard",
  services: ["wireguard"],
  ports: [{ protocol: "udp", port: 51820 }],
  silence: "WireGuard answers only those who know its public key",
  udp: () => ({ request: initiation(), read: () => undefined }),
};

const INITIATION = 1;
const LENGTH = 148;

/** The first message of a handshake (section 5.4.2) that proves nothing: a server drops it, and remembers nothing of it. */
function initiation(): Uint8Array {
  const message = new Uint8Array(LENGTH);
  message[0] = INITIATION;
  return message;
}
