import type { FlowEvent } from "../../model/event.ts";
import type { Mark } from "../../model/mark.ts";
import type { ProfileUsage } from "../../model/profile.ts";
import { isoTime, type Micros } from "../../model/time.ts";
import { attributed } from "../features.ts";
import { addBytes, type Bytes, isPartial, newBytes } from "./bytes.ts";
import type { Limits } from "./limits.ts";
import { addEvidence, addProcess, evidenceOf, newOwnership, type Ownership, pidsOf } from "./ownership.ts";

/** What is summed up for one listen or one connect. */
export type Usage = {
  flows: number;
  failed: number;
  errors: Map<string, number> | undefined;
  bytesIn: Bytes;
  bytesOut: Bytes;
  owners: Ownership;
  callers: Set<string> | undefined;
  /** What was exercised when it opened, or when its flows began. */
  marks: Set<Mark> | undefined;
  firstSeen: Micros;
  lastSeen: Micros;
};

export function newUsage(at: Micros): Usage {
  return {
    flows: 0,
    failed: 0,
    errors: undefined,
    bytesIn: newBytes(),
    bytesOut: newBytes(),
    owners: newOwnership(),
    callers: undefined,
    marks: undefined,
    firstSeen: at,
    lastSeen: at,
  };
}

/** Adds one event of one flow. */
export function addFlow(usage: Usage, event: FlowEvent, limits: Limits): void {
  if (event.failed !== undefined) addFailure(usage, event.failed);
  else {
    if (event.begun) usage.flows++;
    addBytes(usage.bytesIn, event.bytesIn, event.ended);
    addBytes(usage.bytesOut, event.bytesOut, event.ended);
  }
  addProcess(usage.owners, event.process, limits);
  // A connection waits for its accept with the listener's owner as a stopgap: that counts only once nothing better came.
  if (event.ended || event.evidence.source !== "listener") addEvidence(usage.owners, event.evidence, limits);
  if (event.callers !== undefined) addCallers(usage, event.callers, limits);
  addMoment(usage, event.startedAt, event.at);
}

function addFailure(usage: Usage, error: string): void {
  usage.failed++;
  usage.errors ??= new Map();
  usage.errors.set(error, (usage.errors.get(error) ?? 0) + 1);
}

export function addCallers(usage: Usage, callers: string[], limits: Limits): void {
  usage.callers ??= new Set();
  for (const caller of callers) {
    if (usage.callers.size >= limits.callers) return;
    usage.callers.add(caller);
  }
}

export function addMark(usage: Usage, mark: Mark, limits: Limits): void {
  usage.marks ??= new Set();
  if (usage.marks.size < limits.marks) usage.marks.add(mark);
}

export function addMoment(usage: Usage, from: Micros, until: Micros): void {
  if (from < usage.firstSeen) usage.firstSeen = from;
  if (until > usage.lastSeen) usage.lastSeen = until;
}

/**
 * The usage as documents state it.
 *
 * Bytes are the sum of what could be counted; with `bytesPartial` where some flows' bytes could not; absent where none
 * could. Where there was no flow at all they are 0, unless the collector polls: it may have missed every one.
 * `marks`: those that are told, and under which it could have been seen.
 */
export function usageDocument(usage: Usage, marks: readonly Mark[]): ProfileUsage {
  return {
    pids: pidsOf(usage.owners),
    ...(usage.owners.pidsFull ? { pidsPartial: true as const } : {}),
    ...flowsOf(usage),
    ...(usage.errors === undefined ? {} : { errors: Object.fromEntries([...usage.errors].sort(byName)) }),
    ...featuresOf(usage, marks),
    ...(usage.callers === undefined ? {} : { callers: [...usage.callers] }),
    evidence: evidenceOf(usage.owners),
    firstSeen: isoTime(usage.firstSeen),
    lastSeen: isoTime(usage.lastSeen),
  };
}

function featuresOf({ marks: under }: Usage, marks: readonly Mark[]): Pick<ProfileUsage, "features" | "attribution"> {
  const named = new Set(marks.map(({ feature }) => feature));
  const seen = new Set([...(under ?? [])].filter(({ feature }) => named.has(feature)));
  const attribution = named.size < marks.length ? attributed(seen, marks) : [];
  return {
    features: [...new Set([...seen].map(({ feature }) => feature))],
    ...(attribution.length === 0 ? {} : { attribution }),
  };
}

function flowsOf(usage: Usage): Pick<ProfileUsage, "flows" | "bytesIn" | "bytesOut" | "bytesPartial"> {
  const { flows, bytesIn, bytesOut } = usage;
  if (flows === 0 && !bytesIn.known && !bytesOut.known) {
    const mayHaveMissedAll = usage.owners.source === "polled" && usage.failed === 0;
    if (mayHaveMissedAll) return {};
    // Bytes of a flow that was found open and ended uncounted are unknown; without any flow there were none.
    return { flows, ...(bytesIn.unknown ? {} : { bytesIn: 0 }), ...(bytesOut.unknown ? {} : { bytesOut: 0 }) };
  }
  return {
    flows,
    ...(bytesIn.known ? { bytesIn: bytesIn.sum } : {}),
    ...(bytesOut.known ? { bytesOut: bytesOut.sum } : {}),
    ...(isPartial(bytesIn) || isPartial(bytesOut) ? { bytesPartial: true as const } : {}),
  };
}

function byName(a: [string, number], b: [string, number]): number {
  return a[0] < b[0] ? -1 : 1;
}
