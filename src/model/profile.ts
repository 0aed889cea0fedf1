import type { Endpoint, Exposure, Protocol } from "./endpoint.ts";
import type { Evidence } from "./evidence.ts";
import type { Degradation } from "./gap.ts";

/** A process as documents state it: the model's process with its start as ISO 8601 text. */
export type ProfileProcess = {
  pid: number;
  startTime: string;
  /** When it ended; absent while it lives, and where its end was not seen. */
  endTime?: string;
  name: string;
  executable?: string;
  arguments?: string[];
  user?: string;
  uid?: number;
  parents?: { pid: number; name: string }[];
  unit?: string;
  container?: string;
  package?: string;
  modules?: string[];
};

/** A gap as documents state it: times are ISO 8601 text. */
export type ProfileGap = { from: string; until: string; reason: string; lost?: number };

/** What a listen and a connect have in common. Absent: not known, never zero. */
export type ProfileUsage = {
  /** Who owns, accepted or began them; see `evidence`. */
  pids: number[];
  /** Present when there were more than are listed. */
  pidsPartial?: true;
  /** Connections established, or UDP exchanges with one peer each. */
  flows?: number;
  /** Payload bytes. With `bytesPartial` they are a lower bound. */
  bytesIn?: number;
  bytesOut?: number;
  /** Present when some flows' bytes could not be counted while others' could. */
  bytesPartial?: true;
  /** Attempts that never were established, by errno name. */
  errors?: Record<string, number>;
  features: string[];
  /** Where in the application's code the call came from, as `module+0xoffset`; the union over all flows. */
  callers?: string[];
  evidence: Evidence;
  firstSeen: string;
  lastSeen: string;
};

/** A port that the application listened on. */
export type ProfileListen = ProfileUsage & {
  protocol: Protocol;
  address: string;
  port: number;
  /** Absent where the bind was not seen. */
  portChosenBy?: "application" | "system";
  exposure: Exposure;
  /** Inode number of the network namespace; the same address and port in two namespaces are two listens. */
  networkNamespace?: number;
  /** The most used first. */
  peers: ProfilePeer[];
  /** Flows whose peer could not be learned; absent when there were none. */
  peersUnknown?: number;
  /** Flows of peers beyond the number that is listed; absent when all are listed. */
  peersOmitted?: number;
  /** Inbound attempts that never were established; absent when there were none. */
  failed?: number;
};

export type ProfilePeer = { address: string; name?: string; flows: number };

/** A remote port that the application used, or tried to. */
export type ProfileConnect = ProfileUsage & {
  protocol: Protocol;
  remote: Endpoint;
  /** The name that the application asked for before it connected; of several, the first. */
  name?: string;
  /** Every name it asked for that gave this address, where there are several. */
  names?: string[];
  failed: number;
};

/** A bind that the kernel refused, once per process or many times. */
export type ProfileFailedBind = {
  protocol: Protocol;
  address: string;
  port: number;
  /** An errno name, e.g. `EADDRINUSE`. */
  error: string;
  pids: number[];
  count: number;
};

/** How much was watched: what a conclusion such as "connects nowhere" rests on. */
export type ProfileCoverage = {
  durationSeconds: number;
  /** How many starts of the application were seen: 1, or 0 where Portolan joined a running one. */
  starts: number;
  /** Whether the observation began before the application's first instruction. */
  seenFromStart: boolean;
  /** Processes seen, the ones beyond the listed number included. */
  processes: number;
  /** Pids that used the network and about which nothing else could be learned; absent when there were none. */
  processesUnknown?: number;
  /** Events that the collector delivered. */
  events: number;
  /** Flows in either direction, established. */
  flows: number;
  failed: number;
  /** Outbound exchanges whose peer could not be learned: they have no row in `connects`. Absent when none. */
  connectsWithoutPeer?: number;
  /** DNS answers seen. */
  names: number;
};

/** The document `portolan.profile/1`: what one application did with the network while it was watched. */
export type Profile = {
  schema: "portolan.profile/1";
  host: string;
  application: string;
  command?: string[];
  startedAt: string;
  endedAt: string;
  exitStatus?: number;
  collector: string;
  /** Whether nothing was missed; false whenever `gaps` is not empty. */
  complete: boolean;
  gaps: ProfileGap[];
  /** Whether it listened, connected, or tried either. */
  usesNetwork: boolean;
  /** Whether it used the network and nothing of that left this machine. */
  loopbackOnly: boolean;
  degradations: Degradation[];
  coverage: ProfileCoverage;
  processes: ProfileProcess[];
  listens: ProfileListen[];
  connects: ProfileConnect[];
  failedBinds: ProfileFailedBind[];
};

/** What can be said while the observation goes on. */
export type ProfileSoFar = { listening: number; flows: number; processes: number; gaps: number };
