import type { Exposure, Protocol } from "../../model/endpoint.ts";
import type { Manifest, ManifestPorts } from "../../model/manifest.ts";
import { portsText } from "../../model/manifest-ports.ts";
import type { Profile } from "../../model/profile.ts";

/** One thing that a manifest or a profile says: what two of them are compared by. */
export type Statement = {
  use: "listen" | "connect";
  protocol: Protocol;
  ports: string;
  peer?: string;
  scope?: Exposure;
  /** Executables behind it, where they are known. */
  owners?: Set<string>;
};

/** What a manifest states: each range of ports and each peer by itself, in whatever way it is grouped there. */
export function ofManifest({ listens, connects }: Manifest): Statement[] {
  return [
    ...listens.flatMap(({ protocol, ports, scope }) =>
      each(ports).map((text): Statement => ({ use: "listen", protocol, ports: text, scope })),
    ),
    ...connects.flatMap(({ protocol, ports, peers }) =>
      each(ports).flatMap((text) => peers.map((peer): Statement => ({ use: "connect", protocol, ports: text, peer }))),
    ),
  ];
}

/**
 * What a profile saw. A port that the system chose is `dynamic`, whichever it was this time; a peer with a name is that
 * name, whatever address it had; pids and times say nothing.
 */
export function ofProfile({ listens, connects, processes }: Profile): Statement[] {
  const executables = new Map(processes.map(({ pid, executable, name }) => [pid, executable ?? name]));
  const owners = (pids: number[]) => new Set(pids.flatMap((pid) => executables.get(pid) ?? []));
  return [
    ...listens.map(
      ({ protocol, port, portChosenBy, exposure, pids }): Statement => ({
        use: "listen",
        protocol,
        ports: portChosenBy === "system" ? "dynamic" : String(port),
        scope: exposure,
        owners: owners(pids),
      }),
    ),
    ...connects.map(
      ({ protocol, remote, name, pids }): Statement => ({
        use: "connect",
        protocol,
        ports: String(remote.port),
        peer: name ?? remote.address,
        owners: owners(pids),
      }),
    ),
  ];
}

function each(ports: ManifestPorts): string[] {
  return ports === "dynamic" ? [ports] : ports.map((range) => portsText([range]));
}
