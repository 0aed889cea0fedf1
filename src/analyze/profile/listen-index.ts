import type { Endpoint, Protocol } from "../../model/endpoint.ts";
import type { Micros } from "../../model/time.ts";
import type { Peers } from "./peers.ts";
import type { Usage } from "./usage.ts";

/** One listening port while it is summed up. Several sockets may share it (SO_REUSEPORT, or one after another). */
export type Listen = {
  readonly protocol: Protocol;
  readonly address: string;
  readonly port: number;
  readonly namespace: number | undefined;
  portChosenBy: "application" | "system" | undefined;
  openSockets: number;
  /** When at least one socket was open; without an end where one still is. */
  open: { from: Micros; until?: Micros }[];
  /** When its first socket opened; absent where only flows told of it. */
  openedAt: Micros | undefined;
  /** When its last socket closed. */
  closedAt: Micros | undefined;
  usage: Usage;
  peers: Peers;
  peersUnknown: number;
};

/** Listens by protocol and port, then by address; an address holds one per network namespace. */
export class ListenIndex {
  readonly #byPort = new Map<number, Map<string, Listen[]>>();

  /** The listens of one port by their addresses. */
  addresses(protocol: Protocol, port: number): Map<string, Listen[]> | undefined {
    return this.#byPort.get(portKey(protocol, port));
  }

  get(protocol: Protocol, port: number, address: string, namespace: number | undefined): Listen | undefined {
    return this.addresses(protocol, port)
      ?.get(address)
      ?.find((listen) => sameNamespace(listen.namespace, namespace));
  }

  add(listen: Listen): void {
    const key = portKey(listen.protocol, listen.port);
    let addresses = this.#byPort.get(key);
    if (addresses === undefined) {
      addresses = new Map();
      this.#byPort.set(key, addresses);
    }
    const there = addresses.get(listen.address);
    if (there === undefined) addresses.set(listen.address, [listen]);
    else there.push(listen);
  }
}

/** A small whole number for a protocol and a port: cheaper to look up than text. */
export function portKey(protocol: Protocol, port: number): number {
  return port * 2 + (protocol === "tcp" ? 0 : 1);
}

function sameNamespace(a: number | undefined, b: number | undefined): boolean {
  return a === b || a === undefined || b === undefined;
}

/**
 * The listen that a flow to `local` came to, or nothing when none was ever seen. The kernel prefers a socket bound to the
 * exact address over one bound to the wildcard, and a wildcard of IPv6 also serves IPv4, which then shows as a v4-mapped
 * address (ipv6(7), IPV6_V6ONLY). Among those, one that was open when the flow began goes first.
 */
export function findListen(
  index: ListenIndex,
  protocol: Protocol,
  local: Endpoint,
  namespace: number | undefined,
  startedAt: Micros,
): Listen | undefined {
  const addresses = index.addresses(protocol, local.port);
  if (addresses === undefined) return undefined;
  let closed: Listen | undefined;
  const exact = pick(addresses.get(local.address), namespace);
  if (exact !== undefined) {
    if (wasOpen(exact, startedAt)) return exact;
    closed = exact;
  }
  for (const wildcard of wildcardsFor(local.address)) {
    const found = pick(addresses.get(wildcard), namespace);
    if (found === undefined) continue;
    if (wasOpen(found, startedAt)) return found;
    closed ??= found;
  }
  return closed;
}

function pick(listens: Listen[] | undefined, namespace: number | undefined): Listen | undefined {
  if (listens === undefined) return undefined;
  for (const listen of listens) if (sameNamespace(listen.namespace, namespace)) return listen;
  return undefined;
}

function wasOpen(listen: Listen, at: Micros): boolean {
  if (listen.openedAt === undefined || at < listen.openedAt) return false;
  return listen.openSockets > 0 || (listen.closedAt !== undefined && at <= listen.closedAt);
}

const FOR_IPV4 = ["0.0.0.0", "::"];
const FOR_IPV6 = ["::"];
const FOR_MAPPED = ["::", "::ffff:0.0.0.0", "0.0.0.0"];

function wildcardsFor(address: string): string[] {
  if (!address.includes(":")) return FOR_IPV4;
  return address.startsWith("::ffff:") && address.includes(".") ? FOR_MAPPED : FOR_IPV6;
}
