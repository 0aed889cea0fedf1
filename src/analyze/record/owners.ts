import type { Evidence } from "../../model/evidence.ts";
import type { ProcessKey } from "../../model/process.ts";
import { type Processes, UNKNOWN } from "./processes.ts";

/** Whose use it is. */
export type Owner = { application: string; process: ProcessKey | undefined };

/**
 * Whose use it is, of several that hold it the eldest. Process 1 holds the sockets of services that it starts on demand,
 * so that it is named only where nobody else is.
 */
export function ownerOf(
  { process, evidence }: { process?: ProcessKey; evidence: Evidence },
  processes: Processes,
): Owner {
  let best = process;
  // A collector that names one of several has the others as candidates.
  if (evidence.candidates !== undefined && (best === undefined || best.pid === 1)) {
    for (const pid of evidence.candidates) {
      const candidate = processes.withPid(pid);
      if (candidate !== undefined) best = better(best, candidate);
    }
  }
  if (best !== undefined) return { application: processes.application(best), process: best };
  return { application: evidence.source === "kernel" ? "kernel" : UNKNOWN, process: undefined };
}

/** Which of two holders speaks for both. */
export function better(one: ProcessKey | undefined, other: ProcessKey): ProcessKey {
  if (one === undefined) return other;
  if ((one.pid === 1) !== (other.pid === 1)) return one.pid === 1 ? other : one;
  return other.startedAt < one.startedAt ? other : one;
}
