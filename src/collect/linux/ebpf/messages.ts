import type { Degradation } from "../../../model/gap.ts";
import type { ProblemCode } from "../../../model/problem.ts";
import type { UdpEntries } from "./udp-map.ts";

/** What a capture asks of the consumer's thread. */
export type CaptureRequest = {
  /** cgroup v2 folder to attach to and its depth below the root; absent where there is no cgroup v2. */
  cgroup?: { path: string; level: number };
  /** cgroup id of the scope; absent for the other scopes. */
  scopeCgroup?: bigint;
  /** Processes that are followed from the start. */
  pids: number[];
  wholeMachine: boolean;
  /** Also find what is open already. */
  late: boolean;
  ringBytes: number;
  sweepMilliseconds: number;
};

/** To the thread. */
export type ToConsumer = { kind: "flush"; id: number } | { kind: "close" };

/** From the thread, in the order in which things happened. */
export type FromConsumer =
  | { kind: "ready"; degradations: Degradation[]; gaps: string[]; offset: number; seed?: Uint8Array }
  | { kind: "ring"; bytes: Uint8Array }
  | { kind: "callers"; pid: number; stack: number; callers: string[] }
  | { kind: "sweep"; offset: number; flows: Uint8Array; udp: UdpEntries; lost: number[]; flushed?: number }
  | { kind: "link"; networkNamespace: number; index: number; name: string }
  | { kind: "udp-open"; at: number; seed: Uint8Array; degradations: Degradation[] }
  | { kind: "problem"; code: ProblemCode; what: string; why?: string; next?: string };
