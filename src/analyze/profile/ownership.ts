import type { Evidence, EvidenceSource } from "../../model/evidence.ts";
import type { ProcessKey } from "../../model/process.ts";
import type { Limits } from "./limits.ts";

/** Who used a port, and how that is known, over many events. */
export type Ownership = {
  pids: Set<number>;
  /** Whether more pids used it than are kept. */
  pidsFull: boolean;
  source: EvidenceSource | undefined;
  candidates: Set<number> | undefined;
};

/**
 * How sure a source is; the number grows with doubt. Over many events the most doubtful speaks for all, because a list of
 * pids is as sure as its least sure member. `none` and `kernel` name no process, so they only speak when nothing else does.
 */
const DOUBT: Record<EvidenceSource, number> = {
  none: 0,
  unknown: 0,
  kernel: 1,
  context: 2,
  accept: 3,
  holder: 4,
  listener: 5,
  polled: 6,
  ambiguous: 7,
};

export function newOwnership(): Ownership {
  return { pids: new Set(), pidsFull: false, source: undefined, candidates: undefined };
}

/** Adds the process of one event, where it has one. */
export function addProcess(owners: Ownership, process: ProcessKey | undefined, limits: Limits): void {
  if (process === undefined) return;
  if (owners.pids.size < limits.pids) owners.pids.add(process.pid);
  else if (!owners.pids.has(process.pid)) owners.pidsFull = true;
}

/** Adds how the process of one event is known. */
export function addEvidence(owners: Ownership, evidence: Evidence, limits: Limits): void {
  const { source, candidates } = evidence;
  if (owners.source !== source && (owners.source === undefined || DOUBT[source] > DOUBT[owners.source])) {
    owners.source = source;
  }
  if (candidates === undefined) return;
  owners.candidates ??= new Set();
  for (const pid of candidates) if (owners.candidates.size < limits.candidates) owners.candidates.add(pid);
}

/** The evidence as documents state it. */
export function evidenceOf(owners: Ownership): Evidence {
  const source = owners.source ?? "none";
  if (owners.candidates === undefined) return { source };
  return { source, candidates: [...owners.candidates].sort((a, b) => a - b) };
}

/** The pids as documents state them. */
export function pidsOf(owners: Ownership): number[] {
  return [...owners.pids].sort((a, b) => a - b);
}
