import { type Endpoint, endpointText } from "../../../src/model/endpoint.ts";
import type { Connecting, Listening, Picture } from "../picture.ts";
import { calls } from "./call.ts";
import { processesOf } from "./processes.ts";
import type { TracedSocket } from "./socket.ts";
import { follow } from "./sockets.ts";

/**
 * What a program did with ports, from the text of its trace. The rules are those of the contract: a TCP listener is a
 * socket in LISTEN; a UDP listener is a socket bound to a port that its program chose, or one that a peer spoke to
 * first; a UDP flow is one socket with one peer, and who sent first gives its direction; setting a datagram socket's
 * peer without sending anything is no use of the network.
 */
export function truthOf(text: string): Picture {
  const all = calls(text);
  const { sockets, failedBinds } = follow(all);
  const listens = new Map<string, Listening>();
  const connects = new Map<string, Connecting>();
  for (const [inode, socket] of sockets) {
    if (socket.listening) listener(listens, socket);
    if (socket.protocol === "udp") datagrams(listens, connects, socket);
    else if (socket.acceptedFrom === undefined) outgoing(connects, socket);
    else {
      const owner = sockets.get(socket.acceptedFrom);
      if (owner === undefined) throw new Error(`no listener for the accepted socket ${inode}`);
      visit(listener(listens, owner), socket.remote, socket);
    }
  }
  return {
    listens: [...listens.values()],
    connects: [...connects.values()],
    failedBinds,
    processes: processesOf(all),
  };
}

function listener(listens: Map<string, Listening>, socket: TracedSocket): Listening {
  const chosen = socket.asked !== undefined && socket.asked.port !== 0;
  const wildcard = socket.family === "AF_INET" ? "0.0.0.0" : "::";
  const bound = (chosen ? socket.asked : socket.local) ?? { address: socket.asked?.address ?? wildcard, port: 0 };
  const key = `${socket.protocol} ${endpointText(bound)}`;
  const found = listens.get(key);
  if (found !== undefined) return found;
  const made: Listening = {
    protocol: socket.protocol,
    address: bound.address,
    port: bound.port,
    portChosenBy: chosen ? "application" : "system",
    flows: 0,
    peers: [],
    bytesIn: 0,
    bytesOut: 0,
  };
  listens.set(key, made);
  return made;
}

function visit(listening: Listening, remote: Endpoint | undefined, moved: { bytesIn: number; bytesOut: number }): void {
  listening.flows++;
  listening.bytesIn += moved.bytesIn;
  listening.bytesOut += moved.bytesOut;
  const address = remote?.address ?? "unknown";
  const peer = listening.peers.find((known) => known.address === address);
  if (peer === undefined) listening.peers.push({ address, flows: 1 });
  else peer.flows++;
}

function outgoing(connects: Map<string, Connecting>, socket: TracedSocket): void {
  for (const refused of socket.refused) connecting(connects, "tcp", refused).failed++;
  if (socket.remote === undefined || socket.outcome === undefined) return;
  const entry = connecting(connects, "tcp", socket.remote);
  if (socket.outcome === "established") entry.flows++;
  else entry.failed++;
  entry.bytesIn += socket.bytesIn;
  entry.bytesOut += socket.bytesOut;
}

function datagrams(listens: Map<string, Listening>, connects: Map<string, Connecting>, socket: TracedSocket): void {
  if (socket.asked !== undefined && socket.asked.port !== 0) listener(listens, socket);
  for (const exchange of socket.exchanges.values()) {
    if (exchange.direction === "inbound") {
      visit(listener(listens, socket), exchange.remote, exchange);
      continue;
    }
    const entry = connecting(connects, "udp", exchange.remote);
    entry.flows++;
    entry.bytesIn += exchange.bytesIn;
    entry.bytesOut += exchange.bytesOut;
  }
}

function connecting(connects: Map<string, Connecting>, protocol: "tcp" | "udp", remote: Endpoint): Connecting {
  const key = `${protocol} ${endpointText(remote)}`;
  const entry = connects.get(key) ?? { protocol, remote, flows: 0, failed: 0, bytesIn: 0, bytesOut: 0 };
  connects.set(key, entry);
  return entry;
}
