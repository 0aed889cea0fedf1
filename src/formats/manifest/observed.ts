import { isLoopback } from "../../model/endpoint.ts";
import type { ManifestConnect, ManifestListen } from "../../model/manifest.ts";
import { coversConnect, coversListen, isName, isResolver } from "../../model/manifest-cover.ts";
import type { Profile, ProfileConnect, ProfileListen } from "../../model/profile.ts";
import { rangesOf } from "./ports.ts";

/** Lines as a manifest states them. */
export type Lines = { listens: ManifestListen[]; connects: ManifestConnect[] };

/** From this many ports on that differ in nothing else, one line lists them all. */
const LISTED = 9;

/** The lines that state what `profile` saw and `stated` does not. `resolvers`: addresses of the machine's DNS resolvers. */
export function unstated(profile: Profile, stated: Lines, resolvers: readonly string[]): Lines {
  const listens = profile.listens.filter((seen) => !stated.listens.some((line) => coversListen(line, seen)));
  const connects = profile.connects.filter(
    (seen) => !stated.connects.some((line) => coversConnect(line, seen, resolvers)),
  );
  return { listens: listenLines(listens), connects: connectLines(connects, resolvers) };
}

function listenLines(seen: ProfileListen[]): ManifestListen[] {
  const lines: ManifestListen[] = [];
  // The network first: what is stated for the network needs no second line for the loopback.
  for (const scope of ["network", "loopback"] as const) {
    for (const protocol of ["tcp", "udp"] as const) {
      const fresh = seen.filter(
        (row) => row.exposure === scope && row.protocol === protocol && !lines.some((line) => coversListen(line, row)),
      );
      const fixed = rangesOf(fresh.filter((row) => row.portChosenBy !== "system").map((row) => row.port));
      const ports = fixed.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
      if (ports.length >= LISTED) lines.push({ protocol, ports: fixed, scope });
      else lines.push(...ports.map((port) => ({ protocol, ports: rangesOf([port]), scope })));
      if (fresh.some((row) => row.portChosenBy === "system")) lines.push({ protocol, ports: "dynamic", scope });
    }
  }
  return lines;
}

function connectLines(seen: ProfileConnect[], resolvers: readonly string[]): ManifestConnect[] {
  const lines = new Map<string, ManifestConnect & { peers: string[] }>();
  for (const row of seen) {
    const { protocol, remote } = row;
    const key = `${protocol} ${remote.port}`;
    const line = lines.get(key) ?? { protocol, ports: rangesOf([remote.port]), peers: [] };
    lines.set(key, line);
    const peer = peerOf(row, resolvers);
    if (!line.peers.includes(peer)) line.peers.push(peer);
  }
  return [...lines.values()];
}

/** How a manifest names a peer: by what stays true elsewhere where it can, by its address where it must. */
function peerOf({ remote, name }: ProfileConnect, resolvers: readonly string[]): string {
  if (remote.port === 53 && isResolver(remote.address, resolvers)) return "resolver";
  if (isLoopback(remote.address)) return "loopback";
  const plain = name?.toLowerCase().replace(/\.$/, "");
  // A name comes from a DNS answer: one that a manifest would read as a word, a pattern or an address is not used.
  if (plain !== undefined && isName(plain) && !plain.startsWith("*.")) return plain;
  return remote.address.replace(/%.*$/, "");
}
