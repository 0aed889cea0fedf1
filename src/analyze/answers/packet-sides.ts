import { isGroupAddress } from "../../model/canonical-address.ts";
import { type Endpoint, isLoopback, type Protocol } from "../../model/endpoint.ts";
import type { LoggedPacket } from "../../model/logged-packet.ts";

/** One end of a packet that is this machine's: whose was it? */
export type PacketSide = {
  end: "source" | "destination";
  protocol: Protocol;
  local: Endpoint;
  remote: Endpoint;
  /** What it may have been: who asked for a connection went out, who was asked was come to. */
  uses: readonly ("inbound" | "outbound")[];
  /** Whether its connection began with it, or with the packet that it answers. */
  begins: boolean;
  /** Whether a port that was held open says something: who asks for a connection does so from a port of its own. */
  mayListen: boolean;
  /** Sent to several machines, so that `local` is no address of this one. */
  group: boolean;
};

/** The addresses of a machine, as far as they are known; an empty set: nothing is known of them. */
export type OwnAddresses = ReadonlySet<string>;

/** The ports of a packet, where it is one of TCP or UDP and states both. */
export function packetEnds({
  protocol,
  source,
  destination,
}: LoggedPacket): { protocol: Protocol; source: Endpoint; destination: Endpoint } | undefined {
  if (protocol !== "tcp" && protocol !== "udp") return undefined;
  if (source.port === undefined || destination.port === undefined) return undefined;
  return {
    protocol,
    source: { address: source.address, port: source.port },
    destination: { address: destination.address, port: destination.port },
  };
}

/**
 * The ends of a packet that are this machine's: those whose address is its own, and whoever takes what is sent to several.
 * Where nothing is known of its addresses, the way that the packet went decides.
 */
export function packetSides(packet: LoggedPacket, own: OwnAddresses): PacketSide[] {
  const ends = packetEnds(packet);
  if (ends === undefined) return [];
  const { protocol, source, destination } = ends;
  const { handshake, way } = packet;
  const begins = handshake !== undefined;
  const group = packet.group === true || isGroupAddress(destination.address);
  const isOwn = (address: string, towards: "in" | "out") => {
    if (own.has(address) || isLoopback(address)) return true;
    return own.size === 0 && way !== (towards === "in" ? "out" : "in");
  };
  const sides: PacketSide[] = [];
  if (isOwn(source.address, "out")) {
    const uses = usesOf(handshake === "asks", handshake === "answers");
    const mayListen = handshake !== "asks";
    sides.push({ end: "source", protocol, local: source, remote: destination, uses, begins, mayListen, group: false });
  }
  if (group ? way !== "out" : isOwn(destination.address, "in")) {
    const uses = usesOf(handshake === "answers", handshake === "asks");
    const mayListen = handshake !== "answers";
    sides.push({ end: "destination", protocol, local: destination, remote: source, uses, begins, mayListen, group });
  }
  return sides;
}

function usesOf(isClient: boolean, isServer: boolean): PacketSide["uses"] {
  if (isClient) return ["outbound"];
  return isServer ? ["inbound"] : ["inbound", "outbound"];
}
