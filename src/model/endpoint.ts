/** What a socket speaks. Other transports (SCTP, raw, MPTCP's own) are out of scope and never guessed into these two. */
export type Protocol = "tcp" | "udp";

/** One end of a socket: a textual address (RFC 5952; link-local with `%interface`) and a port, 0 to 65535. */
export type Endpoint = { readonly address: string; readonly port: number };

/** Who can reach a listener: only this machine, or anything that routes to it. */
export type Exposure = "loopback" | "network";

/** Whether `address` is one that only this machine reaches (127.0.0.0/8, ::1, and 127/8 mapped into IPv6). */
export function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.") || address.startsWith("::ffff:127.");
}

/** Whether `address` is the wildcard of either family. */
export function isWildcard(address: string): boolean {
  return address === "0.0.0.0" || address === "::" || address === "::ffff:0.0.0.0";
}

/** Who can reach a socket bound to `address`. */
export function exposureOf(address: string): Exposure {
  return isLoopback(address) ? "loopback" : "network";
}

/** `address:port` as people write it; IPv6 in brackets. */
export function endpointText(endpoint: Endpoint): string {
  const { address, port } = endpoint;
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
