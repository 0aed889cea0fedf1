import { isLoopback } from "../../model/endpoint.ts";
import type { Degradation, Gap } from "../../model/gap.ts";
import { type Mark, PHASES } from "../../model/mark.ts";
import type { Profile, ProfileCoverage } from "../../model/profile.ts";
import { isoTime, type Micros } from "../../model/time.ts";
import { gapDocument } from "./gaps.ts";
import type { Parts } from "./parts.ts";

/** What the events do not tell. */
export type Facts = {
  host: string;
  /** Absent: the base name of the command's executable. */
  application?: string;
  command?: string[];
  startedAt: Micros;
  endedAt: Micros;
  exitStatus?: number;
  collector: string;
  degradations: Degradation[];
  /** Gaps that no collector tells, such as a capture that began late. */
  gaps?: Gap[];
  /** Whether the observation began before the application's first instruction. */
  seenFromStart: boolean;
};

/** The document, from the parts that were summed up and the facts about the observation. */
export function profileDocument(parts: Parts, facts: Facts): Profile {
  const gaps = parts.gaps.all([...overflows(parts), ...joinedLate(facts, parts), ...(facts.gaps ?? [])]);
  const marks = told(parts, facts);
  const listens = parts.listens.document(parts.names, facts.endedAt, marks);
  const connects = parts.connects.document(marks);
  const failedBinds = parts.failedBinds.document();
  const processes = parts.processes.document();
  const rows = [...listens, ...connects, ...failedBinds];
  const usesNetwork = rows.length > 0 || parts.connects.peersUnknown.lost > 0;
  const local = [...listens, ...failedBinds].every((row) => isLoopback(row.address));
  const toLocal = connects.every((row) => isLoopback(row.remote.address)) && parts.connects.peersUnknown.lost === 0;
  return {
    schema: "portolan.profile/1",
    host: facts.host,
    application: facts.application ?? baseName(facts.command?.[0]) ?? "unknown",
    ...(facts.command === undefined ? {} : { command: facts.command }),
    startedAt: isoTime(facts.startedAt),
    endedAt: isoTime(facts.endedAt),
    ...(facts.exitStatus === undefined ? {} : { exitStatus: facts.exitStatus }),
    collector: facts.collector,
    complete: gaps.length === 0,
    gaps: gaps.map(gapDocument),
    usesNetwork,
    loopbackOnly: usesNetwork && local && toLocal,
    degradations: facts.degradations,
    coverage: coverageOf(parts, facts, {
      processesUnknown: unknownPids(rows, processes),
      singleSightings: [...listens, ...connects].filter(isSingle).length,
    }),
    processes,
    listens,
    connects,
    failedBinds,
  };
}

/** Which marks are told: none where nobody marked any, and no start-up that was not seen. */
function told({ timeline }: Parts, { seenFromStart }: Facts): Mark[] {
  if (!timeline.marked) return [];
  return timeline.marks.filter(({ feature }) => seenFromStart || feature !== PHASES.startUp);
}

function baseName(path: string | undefined): string | undefined {
  return path?.split("/").findLast((part) => part !== "");
}

/** What went beyond a limit, and peers that could not be learned. */
function overflows(parts: Parts): Gap[] {
  const { listens, connects, failedBinds, processes, names } = parts;
  return [
    listens.overflow,
    listens.peersOverflow,
    listens.peersUnknown,
    connects.overflow,
    connects.peersUnknown,
    failedBinds.overflow,
    processes.overflow,
    names.overflow,
  ].flatMap((overflow) => overflow.gaps());
}

/** Joining late is a gap, whether or not the collector said so. */
function joinedLate(facts: Facts, parts: Parts): Gap[] {
  if (facts.seenFromStart) return [];
  const told = parts.gaps.all(facts.gaps ?? []).some((gap) => gap.reason.startsWith("joined late"));
  if (told) return [];
  const from = Math.min(facts.startedAt, parts.processes.earliestStart ?? facts.startedAt);
  return [{ from, until: facts.startedAt, reason: "joined late" }];
}

function unknownPids(rows: { pids: number[] }[], processes: { pid: number }[]): number {
  const known = new Set(processes.map((process) => process.pid));
  return new Set(rows.flatMap((row) => row.pids.filter((pid) => !known.has(pid)))).size;
}

/** Whether it may have been chance: seen once, and not again. What cannot be counted rests on nothing better. */
function isSingle({ flows, failed }: { flows?: number; failed?: number }): boolean {
  return (flows ?? 0) + (failed ?? 0) <= 1;
}

function coverageOf(
  parts: Parts,
  facts: Facts,
  { processesUnknown, singleSightings }: { processesUnknown: number; singleSightings: number },
): ProfileCoverage {
  const without = parts.connects.peersUnknown.lost;
  return {
    durationSeconds: Math.max(0, (facts.endedAt - facts.startedAt) / 1e6),
    starts: facts.seenFromStart ? 1 : 0,
    seenFromStart: facts.seenFromStart,
    processes: parts.processes.count,
    ...(processesUnknown === 0 ? {} : { processesUnknown }),
    events: parts.counts.events,
    flows: parts.counts.flows,
    failed: parts.counts.failed,
    ...(without === 0 ? {} : { connectsWithoutPeer: without }),
    singleSightings,
    names: parts.names.answers,
  };
}
