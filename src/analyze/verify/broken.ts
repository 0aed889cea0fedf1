import type { Manifest } from "../../model/manifest.ts";
import { coversConnect, coversListen } from "../../model/manifest-cover.ts";
import type { Profile } from "../../model/profile.ts";
import type { BrokenUse } from "../../model/verification.ts";

/** What was used and no line states, listens first. An attempt that failed shows what the application wants, and counts. */
export function brokenUses(manifest: Manifest, profile: Profile, resolvers: readonly string[]): BrokenUse[] {
  const listens = profile.listens
    .filter((use) => !manifest.listens.some((line) => coversListen(line, use)))
    .map(
      (use): BrokenUse => ({
        use: "listen",
        protocol: use.protocol,
        address: use.address,
        port: use.port,
        exposure: use.exposure,
        ...ownersOf(use.pids, profile),
        ...(use.flows !== undefined && { flows: use.flows }),
        firstSeen: use.firstSeen,
      }),
    );
  const connects = profile.connects
    .filter((use) => !manifest.connects.some((line) => coversConnect(line, use, resolvers)))
    .map(
      (use): BrokenUse => ({
        use: "connect",
        protocol: use.protocol,
        port: use.remote.port,
        remote: use.remote,
        ...(use.name !== undefined && { name: use.name }),
        ...(use.flows === 0 && use.failed > 0 && { attempted: true }),
        ...ownersOf(use.pids, profile),
        ...(use.flows !== undefined && { flows: use.flows }),
        firstSeen: use.firstSeen,
      }),
    );
  return [...listens, ...connects];
}

function ownersOf(pids: number[], { processes }: Profile): Pick<BrokenUse, "pids" | "executables"> {
  const owners = processes.filter(({ pid }) => pids.includes(pid));
  return { pids, executables: [...new Set(owners.map(({ executable, name }) => executable ?? name))] };
}
