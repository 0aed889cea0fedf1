import { addressBlock } from "../../model/address-block.ts";
import type { ManifestConnect, ManifestListen, ManifestPorts } from "../../model/manifest.ts";
import { coversConnect, isName } from "../../model/manifest-cover.ts";
import { portsText } from "../../model/manifest-ports.ts";
import type { ProfileConnect, ProfileListen } from "../../model/profile.ts";

/** What a listen states beyond what was seen of it: ports of a list or range, and the network where loopback sufficed. */
export function unusedOfListen(line: ManifestListen, seen: readonly ProfileListen[]): string[] {
  const ports = unusedPorts(
    line.ports,
    seen.map(({ port }) => port),
  );
  const loopback = line.scope === "network" && seen.every(({ exposure }) => exposure === "loopback");
  return loopback ? [...ports, "scope network"] : ports;
}

/**
 * What a connect states beyond what was seen of it: ports, peers that nobody was, and a word, block or pattern of which
 * only one member was met, which could be stated by itself.
 */
export function unusedOfConnect(
  line: ManifestConnect,
  seen: readonly ProfileConnect[],
  resolvers: readonly string[],
): string[] {
  const unused = unusedPorts(
    line.ports,
    seen.map(({ remote }) => remote.port),
  );
  for (const peer of line.peers) {
    const met = new Set(
      seen
        .filter((use) => coversConnect({ ...line, peers: [peer] }, use, resolvers))
        .map(({ name, remote }) => name ?? remote.address),
    );
    const [only] = met;
    if (only === undefined) unused.push(peer);
    else if (met.size === 1 && isMany(peer)) unused.push(`${peer} (only ${only})`);
  }
  return unused;
}

function unusedPorts(ports: ManifestPorts, seen: readonly number[]): string[] {
  if (ports === "dynamic") return [];
  const used = new Set(seen);
  return ports.flatMap(({ from, to }) => {
    const met = [...used].filter((port) => port >= from && port <= to);
    if (met.length > to - from) return [];
    if (met.length === 0) return [`port ${portsText([{ from, to }])}`];
    const shown = met.length > 3 ? `${met.length} of them` : met.sort((a, b) => a - b).join(", ");
    return [`port ${from}-${to} (only ${shown})`];
  });
}

/** Whether a peer stands for more than one system by its form. A resolver and loopback are one thing to whoever asks. */
function isMany(peer: string): boolean {
  if (peer === "any" || peer === "lan") return true;
  if (isName(peer)) return peer.startsWith("*.");
  const block = addressBlock(peer);
  return block !== undefined && block.prefix < block.bytes.length * 8;
}
