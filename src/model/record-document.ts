import type { DocumentOf } from "./documents/field.ts";
import type { GAP, PROCESS } from "./documents/shared.ts";
import type { RECORD, SUMS } from "./documents/who.ts";
import type { Gap } from "./gap.ts";
import type { RecordedProcess, RecordFacts } from "./record.ts";
import { isoTime, type Micros } from "./time.ts";

/** What documents state of a record. */
export function recordDocument({ path, from, until, flowsFrom }: RecordFacts): DocumentOf<typeof RECORD> {
  return {
    path,
    ...(from !== undefined && { from: isoTime(from) }),
    ...(until !== undefined && { until: isoTime(until) }),
    ...(flowsFrom !== undefined && { flowsFrom: isoTime(flowsFrom) }),
  };
}

export function gapDocument(gap: Gap): DocumentOf<typeof GAP> {
  return { ...gap, from: isoTime(gap.from), until: isoTime(gap.until) };
}

/** A recorded process as documents state it. */
export function recordedProcessDocument(process: RecordedProcess): DocumentOf<typeof PROCESS> {
  const { pid, startedAt, endedAt, name, application: _, ...known } = process;
  return {
    pid,
    startTime: isoTime(startedAt),
    ...(endedAt !== undefined && { endTime: isoTime(endedAt) }),
    name,
    ...known,
  };
}

type Sums = { flows: number; failed: number; bytesIn?: number; bytesOut?: number; firstSeen: Micros; lastSeen: Micros };

/** Sums as documents state them. */
export function sumsDocument({ flows, failed, bytesIn, bytesOut, firstSeen, lastSeen }: Sums): DocumentOf<typeof SUMS> {
  return {
    flows,
    failed,
    ...(bytesIn !== undefined && { bytesIn }),
    ...(bytesOut !== undefined && { bytesOut }),
    firstSeen: isoTime(firstSeen),
    lastSeen: isoTime(lastSeen),
  };
}

/** Adds `more` to `sums`: what is unknown on both sides stays unknown. */
export function addSums(sums: Sums, more: Sums): void {
  sums.flows += more.flows;
  sums.failed += more.failed;
  if (more.bytesIn !== undefined) sums.bytesIn = (sums.bytesIn ?? 0) + more.bytesIn;
  if (more.bytesOut !== undefined) sums.bytesOut = (sums.bytesOut ?? 0) + more.bytesOut;
  sums.firstSeen = Math.min(sums.firstSeen, more.firstSeen);
  sums.lastSeen = Math.max(sums.lastSeen, more.lastSeen);
}

/** The parts of `answer` that are sums, in an object of their own. */
export function sumsOf({ flows, failed, bytesIn, bytesOut, firstSeen, lastSeen }: Sums): Sums {
  return {
    flows,
    failed,
    ...(bytesIn !== undefined && { bytesIn }),
    ...(bytesOut !== undefined && { bytesOut }),
    firstSeen,
    lastSeen,
  };
}
