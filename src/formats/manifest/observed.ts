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
      const [dynamic, fixed] = [fresh.filter(isDynamic), fresh.filter((row) => !isDynamic(row))];
      const byPort = [...Map.groupBy(fixed, ({ port }) => port)];
      const byFeature = Map.groupBy(byPort, ([, rows]) => oneFeature(rows));
      for (const [feature, of] of byFeature) {
        const ports = of.map(([port]) => port);
        const note = feature === undefined ? {} : { feature };
        if (ports.length >= LISTED) lines.push({ protocol, ports: rangesOf(ports), scope, ...note });
        else lines.push(...ports.map((port) => ({ protocol, ports: rangesOf([port]), scope, ...note })));
      }
      const feature = oneFeature(dynamic);
      if (dynamic.length > 0) lines.push({ protocol, ports: "dynamic", scope, ...(feature && { feature }) });
    }
  }
  return lines;
}

function isDynamic({ portChosenBy }: ProfileListen): boolean {
  return portChosenBy === "system";
}

/** The function of the application that all of `rows` belong to, and no other. */
function oneFeature(rows: readonly { features: string[] }[]): string | undefined {
  const [first, ...others] = new Set(rows.flatMap(({ features }) => features));
  return others.length === 0 && rows.every(({ features }) => features.length > 0) ? first : undefined;
}

function connectLines(seen: ProfileConnect[], resolvers: readonly string[]): ManifestConnect[] {
  const lines = new Map<string, ManifestConnect & { peers: string[] }>();
  const alike = Map.groupBy(seen, (row) => `${row.protocol} ${row.remote.port} ${peerOf(row, resolvers)}`);
  for (const rows of alike.values()) {
    const [row] = rows;
    if (row === undefined) continue;
    const { protocol, remote } = row;
    const feature = oneFeature(rows);
    const key = JSON.stringify([protocol, remote.port, feature ?? null]);
    const line = lines.get(key) ?? { protocol, ports: rangesOf([remote.port]), peers: [], ...(feature && { feature }) };
    lines.set(key, line);
    line.peers.push(peerOf(row, resolvers));
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
