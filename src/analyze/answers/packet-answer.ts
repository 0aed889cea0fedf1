import { canonicalAddress } from "../../model/canonical-address.ts";
import type { WhoLineAnswer } from "../../model/documents/who-line.ts";
import { isWildcard } from "../../model/endpoint.ts";
import type { FlowAnswer, Interval, RecordedProcess, UsageAnswer } from "../../model/record.ts";
import { recordedProcessDocument } from "../../model/record-document.ts";
import { isoTime, type Micros } from "../../model/time.ts";
import type { PacketSide } from "./packet-sides.ts";

/** When a packet was seen: at a moment, which lasts as long as it was stated exactly, or at any time of an interval. */
export type When = { known: "moment"; since: Micros; until: Micros } | ({ known: "interval" } & Interval);

export type Moment = Extract<When, { known: "moment" }>;

/** Of flows between these two ends the one that was open at the time, or else was nearest to it. */
export function likeliestFlow(
  flows: readonly FlowAnswer[],
  side: PacketSide,
  { since, until }: Moment,
): FlowAnswer | undefined {
  let best: { flow: FlowAnswer; distance: Micros } | undefined;
  for (const flow of flows) {
    if (!isAt(flow.localAddress, side)) continue;
    const { startedAt, endedAt = Number.POSITIVE_INFINITY } = flow;
    const distance = startedAt > until ? startedAt - until : Math.max(0, since - endedAt);
    if (best === undefined || distance < best.distance) best = { flow, distance };
  }
  return best?.flow;
}

/** Whether a socket bound to `address`, where that is known, is one of this side. */
export function isAt(address: string | undefined, { local, group }: PacketSide): boolean {
  if (address === undefined || group) return true;
  // A socket at the wildcard of IPv6 usually takes IPv4 as well, never the other way round.
  if (isWildcard(address)) return address !== "0.0.0.0" || !local.address.includes(":");
  return (canonicalAddress(address) ?? address) === local.address;
}

/** The very connection or exchange. */
export function flowAnswer({ end, protocol }: PacketSide, flow: FlowAnswer): WhoLineAnswer {
  const { usage, startedAt, endedAt, error, bytesIn, bytesOut, name, process } = flow;
  return {
    end,
    known: "flow",
    application: usage.application,
    direction: usage.use === "outbound" ? "outbound" : "inbound",
    protocol,
    port: usage.port,
    ...(usage.peer !== undefined && { peer: usage.peer }),
    ...(name !== undefined && { names: [name] }),
    ...(error !== undefined && { error }),
    ...(bytesIn !== undefined && { bytesIn }),
    ...(bytesOut !== undefined && { bytesOut }),
    firstSeen: isoTime(startedAt),
    ...(endedAt !== undefined && { lastSeen: isoTime(endedAt) }),
    processes: process === undefined ? [] : [recordedProcessDocument(process)],
  };
}

/** A use of the same port with the same peer. */
export function useAnswer({ end, protocol }: PacketSide, usage: UsageAnswer): WhoLineAnswer {
  const { application, use, port, peer, names, firstSeen, lastSeen, wholeHours, processes } = usage;
  return {
    end,
    known: "use",
    application,
    direction: use === "outbound" ? "outbound" : "inbound",
    protocol,
    port,
    ...(peer !== undefined && { peer }),
    ...(names !== undefined && { names }),
    firstSeen: isoTime(firstSeen),
    lastSeen: isoTime(lastSeen),
    ...(wholeHours && { wholeHours }),
    processes: processes.map(recordedProcessDocument),
  };
}

/** A port that was held open. */
export type Listener = {
  application: string;
  /** The address that it was held open on; absent where it could not be learned. */
  address?: string;
  firstSeen: Micros;
  /** Absent while it goes on. */
  lastSeen?: Micros;
  wholeHours?: true;
  processes: RecordedProcess[];
};

/** Applications that held the side's port open, the latest first, each once. */
export function listenerAnswers({ end, protocol, local }: PacketSide, listeners: readonly Listener[]): WhoLineAnswer[] {
  const latest = new Map<string, Listener>();
  for (const listener of listeners) if (!latest.has(listener.application)) latest.set(listener.application, listener);
  return [...latest.values()].map(({ application, firstSeen, lastSeen, wholeHours, processes }) => ({
    end,
    known: "listener",
    application,
    direction: "inbound",
    protocol,
    port: local.port,
    firstSeen: isoTime(firstSeen),
    ...(lastSeen !== undefined && { lastSeen: isoTime(lastSeen) }),
    ...(wholeHours && { wholeHours }),
    processes: processes.map(recordedProcessDocument),
  }));
}
