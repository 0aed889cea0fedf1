import type { ProfilePeer } from "../../model/profile.ts";
import type { Micros } from "../../model/time.ts";
import type { Limits } from "./limits.ts";
import type { Names } from "./names.ts";

/** Who came to one listening port, and how often. */
export type Peers = { flows: Map<string, number>; omitted: number };

export function newPeers(): Peers {
  return { flows: new Map(), omitted: 0 };
}

/** Counts one flow of `address`; false when that peer is one too many to be listed. */
export function addPeer(peers: Peers, address: string, limits: Limits): boolean {
  const flows = peers.flows.get(address);
  if (flows === undefined && peers.flows.size >= limits.peers) {
    peers.omitted++;
    return false;
  }
  peers.flows.set(address, (flows ?? 0) + 1);
  return true;
}

/** The peers as documents state them: the most used first, then by address. */
export function peersDocument(peers: Peers, names: Names, until: Micros): ProfilePeer[] {
  return [...peers.flows]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([address, flows]) => {
      const name = names.until(address, until)[0];
      return name === undefined ? { address, flows } : { address, name, flows };
    });
}
