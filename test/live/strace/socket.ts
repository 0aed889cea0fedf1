import type { Endpoint, Protocol } from "../../../src/model/endpoint.ts";

export type Exchange = { direction: "inbound" | "outbound"; remote: Endpoint; bytesIn: number; bytesOut: number };

/** One socket over its life, as its system calls tell it. */
export type TracedSocket = {
  protocol: Protocol;
  family: "AF_INET" | "AF_INET6";
  /** What bind asked for; port 0 lets the system choose. */
  asked?: Endpoint;
  /** What getsockname said. */
  local?: Endpoint;
  listening: boolean;
  /** The listener's inode, for a connection that accept returned. */
  acceptedFrom?: number;
  remote?: Endpoint;
  /** TCP: what became of connect. */
  outcome?: "pending" | "established" | "failed";
  /** Attempts of this socket that ended in an error before the present one. */
  refused: Endpoint[];
  bytesIn: number;
  bytesOut: number;
  /** UDP: by peer. */
  exchanges: Map<string, Exchange>;
};

/** The socket that `socket(arguments)` makes, or undefined where it is neither TCP nor UDP over IP. */
export function socketOf(args: string): TracedSocket | undefined {
  const family = /^AF_INET6?(?=,)/.exec(args)?.[0];
  if (family !== "AF_INET" && family !== "AF_INET6") return undefined;
  const stream = args.includes("SOCK_STREAM") && /IPPROTO_(IP|TCP)$/.test(args);
  const datagram = args.includes("SOCK_DGRAM") && /IPPROTO_(IP|UDP)$/.test(args);
  if (!stream && !datagram) return undefined;
  return emptySocket(stream ? "tcp" : "udp", family);
}

export function emptySocket(protocol: Protocol, family: "AF_INET" | "AF_INET6"): TracedSocket {
  return { protocol, family, listening: false, refused: [], bytesIn: 0, bytesOut: 0, exchanges: new Map() };
}
