import { createProfile, type Facts } from "../../src/analyze/profile.ts";
import type { CollectorEvent, FlowEvent, ListenEvent, ProcessEvent } from "../../src/model/event.ts";
import type { Process } from "../../src/model/process.ts";
import type { Profile } from "../../src/model/profile.ts";

/** 2026-11-23T09:00:00Z in microseconds. */
export const START = 1_795_424_400_000_000;

/** `seconds` after the start. */
export function at(seconds: number): number {
  return START + seconds * 1e6;
}

export function facts(more: Partial<Facts> = {}): Facts {
  return {
    host: "harbour",
    command: ["/usr/sbin/nginx", "-g", "daemon off;"],
    startedAt: START,
    endedAt: at(12),
    exitStatus: 0,
    collector: "scripted",
    degradations: [],
    seenFromStart: true,
    ...more,
  };
}

export function process(pid: number, more: Partial<Process> = {}): ProcessEvent {
  return { kind: "process", at: START, process: { pid, startedAt: START, name: "nginx", ...more } };
}

export function listen(socket: string, address: string, port: number, more: Partial<ListenEvent> = {}): ListenEvent {
  return {
    kind: "listen",
    at: START,
    socket,
    protocol: "tcp",
    local: { address, port },
    portChosenBy: "application",
    process: { pid: 100, startedAt: START },
    evidence: { source: "context" },
    networkNamespace: 1,
    ...more,
  };
}

/** A whole flow in one event: begun, ended, 11 bytes in and 13 out. */
export function flow(flow: string, local: string, remote: string, more: Partial<FlowEvent> = {}): FlowEvent {
  return {
    kind: "flow",
    at: at(2),
    flow,
    protocol: "tcp",
    direction: "inbound",
    local: endpoint(local),
    remote: endpoint(remote),
    startedAt: at(1),
    begun: true,
    ended: true,
    bytesIn: 11,
    bytesOut: 13,
    process: { pid: 101, startedAt: START },
    evidence: { source: "accept" },
    networkNamespace: 1,
    ...more,
  };
}

function endpoint(text: string): { address: string; port: number } {
  const colon = text.lastIndexOf(":");
  return { address: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
}

/** What makes a flow outbound, known from the caller's own system call. */
export const outbound = { direction: "outbound", evidence: { source: "context" } } as const;

/** The profile of these events. */
export function profileOf(events: CollectorEvent[], more: Partial<Facts> = {}): Profile {
  const builder = createProfile();
  builder.add(events);
  return builder.finish(facts(more));
}
