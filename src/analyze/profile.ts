import type { CollectorEvent, FlowEvent } from "../model/event.ts";
import type { Mark } from "../model/mark.ts";
import type { Profile, ProfileSoFar } from "../model/profile.ts";
import type { Micros } from "../model/time.ts";
import { type Facts, profileDocument } from "./profile/document.ts";
import { LIMITS, type Limits } from "./profile/limits.ts";
import { newParts, type Parts } from "./profile/parts.ts";

export type { Facts } from "./profile/document.ts";

/** Sums up a collector's events into the profile of one application. */
export type ProfileBuilder = {
  /** Adds events, in the order in which they happened. Memory grows with new behaviour, not with traffic. */
  add(events: CollectorEvent[]): void;
  /** A function of the application is exercised from now on: told before the events that follow it. */
  mark(mark: Mark): void;
  /** The application is told to end: what follows is neither idle nor the last function that was marked. */
  shutdown(at: Micros): void;
  /** What can be said already, for a live line. */
  soFar(): ProfileSoFar;
  /** The profile of everything added. May be called more than once. */
  finish(facts: Facts): Profile;
};

/** An empty profile. `limits` are for tests: what goes beyond them becomes a gap. */
export function createProfile(limits: Partial<Limits> = {}): ProfileBuilder {
  const parts = newParts({ ...LIMITS, ...limits });
  return {
    add(events) {
      parts.counts.events += events.length;
      for (const event of events) addEvent(parts, event);
    },
    mark: (mark) => parts.timeline.mark(mark),
    shutdown: (at) => parts.timeline.shutdown(at),
    soFar() {
      const { listens, processes, gaps, counts } = parts;
      return {
        listening: listens.open,
        flows: counts.flows,
        failed: counts.failed,
        processes: processes.count,
        gaps: gaps.count,
      };
    },
    finish: (facts) => profileDocument(parts, facts),
  };
}

function addEvent(parts: Parts, event: CollectorEvent): void {
  switch (event.kind) {
    case "flow":
      addFlowEvent(parts, event);
      break;
    case "process":
      parts.timeline.sawNew(event.at);
      parts.processes.add(event);
      break;
    case "exit":
      parts.processes.exit(event);
      break;
    case "listen":
      parts.listens.listen(event);
      break;
    case "unlisten":
      parts.listens.unlisten(event);
      break;
    case "bind-failed":
      parts.failedBinds.add(event);
      break;
    case "name":
      parts.names.add(event);
      break;
    case "gap":
      parts.gaps.add(event.gap);
      break;
  }
}

function addFlowEvent(parts: Parts, event: FlowEvent): void {
  if (event.failed !== undefined) parts.counts.failed++;
  else if (event.begun) parts.counts.flows++;
  if (event.direction === "inbound") parts.listens.flow(event);
  else parts.connects.flow(event);
}
