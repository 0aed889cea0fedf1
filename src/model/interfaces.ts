import type { CollectorEvent } from "./event.ts";
import type { Degradation } from "./gap.ts";
import type { Snapshot } from "./socket.ts";

/** What a collector is asked to follow. */
export type Scope =
  /** Everything on the machine. */
  | { kind: "machine" }
  /** The processes of a cgroup v2 folder and those below it. */
  | { kind: "cgroup"; path: string }
  /** A process and whatever it starts from now on. */
  | { kind: "process"; pid: number }
  /** Whatever this very process starts from now on. */
  | { kind: "children" };

/** A place of its own for an application, so that nothing of it is missed and nothing else is caught. */
export type Enclosure = {
  readonly scope: Scope;
  /** Runs `start`, which spawns the application: it is inside from before its first instruction. */
  starting<T>(start: () => T): T;
  /** Gives the place back. What still runs lives on. */
  release(): void;
};

/** A place without a network for an application: nothing that it sends leaves it. */
export type Isolation = {
  /** Runs `start`, which spawns the application: it is inside from before its first instruction. */
  starting<T>(start: () => T): T;
};

/** Receives events in the order in which they happened; called on the main thread, in batches. */
export type EventSink = (events: CollectorEvent[]) => void;

/** A running observation. */
export type Capture = {
  /** The collector's name as outputs state it: `ebpf`, `procfs`, `scripted`. */
  readonly collector: string;
  /** Parts left out on this machine. */
  readonly degradations: Degradation[];
  /** Reports what is still open and whatever was not yet delivered, then resolves. */
  flush(): Promise<void>;
  /** Flushes once more and releases everything in the kernel. */
  close(): Promise<void>;
  /**
   * Why something may be missed for as long as the capture lasts, as far as that is known by now; `close` tells each as a
   * gap. Absent: there is no reason.
   */
  standing?(): string[];
  /** Resolves when the capture has come to an end by itself and tells nothing any more. Absent: it never does. */
  broken?: Promise<Error>;
};

export type SnapshotOptions = {
  /** Also learn each process's modules and unit, which costs time. */
  verbose?: boolean;
  /** Leave out the arguments and the parents of processes, which a table does not show. */
  brief?: boolean;
  /**
   * Reads less than everything where the collector can save work by it; the result may still hold more.
   */
  only?: { listening?: boolean; protocol?: "tcp" | "udp" };
};

/** The world becomes events: one way of learning about sockets. */
export type Collector = {
  readonly name: string;
  /** Whether a capture may begin before the application does; one that polls needs a process that is there. */
  readonly fromStart: boolean;
  /** Every socket there is, now. */
  snapshot(options: SnapshotOptions): Promise<Snapshot>;
  /** Follows `scope` from the moment the promise resolves; what is open then is reported at once. */
  capture(scope: Scope, sink: EventSink): Promise<Capture>;
};

/** Whether a collector works here, and what would bring what it lacks. */
export type Readiness = { name: string; ready: boolean; degradations: Degradation[] };
