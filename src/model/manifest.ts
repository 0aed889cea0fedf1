import type { Exposure, Protocol } from "./endpoint.ts";

/** Ports from `from` to `to`, both included. */
export type PortRange = { from: number; to: number };

/** Ports that a line states: a set of ranges, or those that nobody knows before the program runs. */
export type ManifestPorts = "dynamic" | PortRange[];

/** What a person adds to a line: to which function of the application it belongs, why, and whether it must be seen. */
export type ManifestNote = { feature?: string; reason?: string; required?: boolean };

/** A port that the application listens on. */
export type ManifestListen = ManifestNote & { protocol: Protocol; ports: ManifestPorts; scope: Exposure };

/** Remote ports that the application connects to. `peers` as written: see `isPeer`. */
export type ManifestConnect = ManifestNote & { protocol: Protocol; ports: ManifestPorts; peers: string[] };

/** The ports of one application, as its author states them or as they were observed: `portolan.manifest/1`. */
export type Manifest = { application: string; listens: ManifestListen[]; connects: ManifestConnect[] };
