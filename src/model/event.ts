import type { Endpoint, Protocol } from "./endpoint.ts";
import type { Evidence } from "./evidence.ts";
import type { Gap } from "./gap.ts";
import type { Process, ProcessKey } from "./process.ts";
import type { Micros } from "./time.ts";

/** Seen from this machine: who began the exchange. */
export type Direction = "inbound" | "outbound";

/** A process came into being, or became another program by exec: the latest event of a key holds. */
export type ProcessEvent = { kind: "process"; at: Micros; process: Process };

/** A process ended. */
export type ExitEvent = { kind: "exit"; at: Micros; process: ProcessKey };

/** A listener opened (TCP LISTEN, or UDP bound to a port). `portChosenBy` is absent when the bind was not seen. */
export type ListenEvent = {
  kind: "listen";
  at: Micros;
  /** The socket's identity within this collector's life. */
  socket: string;
  protocol: Protocol;
  local: Endpoint;
  portChosenBy?: "application" | "system";
  process?: ProcessKey;
  evidence: Evidence;
  /** The caller's stack, nearest first, as `module+0xoffset`. */
  callers?: string[];
  networkNamespace?: number;
};

/** A listener closed. */
export type UnlistenEvent = { kind: "unlisten"; at: Micros; socket: string };

/**
 * A flow began, went on, ended, or never came to be. Bytes are what was added since the flow's previous event, payload
 * only; absent where the collector cannot count them. A flow that opens and closes within a sweep is one event.
 */
export type FlowEvent = {
  kind: "flow";
  at: Micros;
  /** The flow's identity within this collector's life. */
  flow: string;
  protocol: Protocol;
  direction: Direction;
  local: Endpoint;
  /** Absent where a datagram's peer could not be learned. */
  remote?: Endpoint;
  /** When the flow began; before the collector's own start where it found the flow open. */
  startedAt: Micros;
  /** First event of an established flow. */
  begun: boolean;
  ended: boolean;
  /** Set once, instead of `begun`, when the attempt never was established: an errno name, e.g. `ECONNREFUSED`. */
  failed?: string;
  bytesIn?: number;
  bytesOut?: number;
  process?: ProcessKey;
  evidence: Evidence;
  callers?: string[];
  networkNamespace?: number;
};

/** A bind that the kernel refused. */
export type BindFailedEvent = {
  kind: "bind-failed";
  at: Micros;
  protocol: Protocol;
  local: Endpoint;
  /** An errno name, e.g. `EADDRINUSE`. */
  error: string;
  process?: ProcessKey;
};

/** A DNS answer that the application received: the name it asked for, and the addresses it was given. */
export type NameEvent = { kind: "name"; at: Micros; name: string; addresses: string[] };

/** Something may have been missed. */
export type GapEvent = { kind: "gap"; at: Micros; gap: Gap };

export type CollectorEvent =
  | ProcessEvent
  | ExitEvent
  | ListenEvent
  | UnlistenEvent
  | FlowEvent
  | BindFailedEvent
  | NameEvent
  | GapEvent;
