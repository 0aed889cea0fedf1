import type { WhoDocument } from "../../model/documents/who.ts";
import { processKey } from "../../model/process.ts";
import type { FlowAnswer, RecordedProcess, UsageAnswer } from "../../model/record.ts";
import { addSums, recordedProcessDocument, sumsDocument, sumsOf } from "../../model/record-document.ts";

type Answer = WhoDocument["answers"][number];

/** What is put together for one answer. */
type Parts = {
  first: UsageAnswer;
  sums: ReturnType<typeof sumsOf>;
  listening: boolean;
  addresses: Set<string>;
  names: Set<string>;
  wholeHours: boolean;
  processes: Map<string, RecordedProcess>;
};

/** Processes that an answer names at most. */
const PROCESSES = 23;

/**
 * One answer for each application, direction, protocol, port and peer, the latest used first. That a port was held open, and that
 * it could not be got, are answers without a peer: nobody came by them.
 */
export function whoAnswers(usages: readonly UsageAnswer[]): Answer[] {
  const found = new Map<string, Parts>();
  for (const each of usages) {
    // That a port was opened is no flow.
    const usage = each.use === "listen" ? { ...each, flows: 0 } : each;
    const { application, protocol, port } = usage;
    const key = JSON.stringify([application, directionOf(usage), protocol, port, peerOf(usage)]);
    const parts = found.get(key);
    if (parts === undefined) found.set(key, begin(usage));
    else addSums(parts.sums, usage);
    add(found.get(key), usage);
  }
  return [...found.values()].sort((a, b) => b.sums.lastSeen - a.sums.lastSeen).map(answer);
}

/** Flows that were found by the client's own port, as usages. */
export function usagesOfFlows(flows: readonly FlowAnswer[]): UsageAnswer[] {
  return flows.map(({ usage, startedAt, endedAt, error, bytesIn, bytesOut, name, process }) => ({
    ...usage,
    flows: error === undefined ? 1 : 0,
    failed: error === undefined ? 0 : 1,
    ...(bytesIn !== undefined && { bytesIn }),
    ...(bytesOut !== undefined && { bytesOut }),
    firstSeen: startedAt,
    lastSeen: endedAt ?? startedAt,
    ...(name !== undefined && { names: [name] }),
    processes: process === undefined ? [] : [process],
  }));
}

function begin(usage: UsageAnswer): Parts {
  return {
    first: usage,
    sums: sumsOf(usage),
    listening: false,
    addresses: new Set(),
    names: new Set(),
    wholeHours: false,
    processes: new Map(),
  };
}

function add(parts: Parts | undefined, usage: UsageAnswer): void {
  if (parts === undefined) return;
  if (usage.use === "listen") parts.listening = true;
  if (isLocal(usage) && usage.peer !== undefined) parts.addresses.add(usage.peer);
  if (usage.wholeHours) parts.wholeHours = true;
  for (const name of usage.names ?? []) parts.names.add(name);
  for (const process of usage.processes) {
    if (parts.processes.size < PROCESSES) parts.processes.set(processKey(process), process);
  }
}

function answer({ first, sums, listening, addresses, names, wholeHours, processes }: Parts): Answer {
  const peer = peerOf(first);
  return {
    application: first.application,
    direction: directionOf(first),
    protocol: first.protocol,
    port: first.port,
    ...(peer !== undefined && { peer }),
    ...(names.size > 0 && { names: [...names] }),
    ...(listening && { listening }),
    ...(addresses.size > 0 && { addresses: [...addresses].sort() }),
    ...sumsDocument(sums),
    ...(wholeHours && { wholeHours }),
    processes: [...processes.values()].map(recordedProcessDocument),
  };
}

/** Whether the usage's address is this machine's own. */
function isLocal({ use }: UsageAnswer): boolean {
  return use === "listen" || use === "bind-failed";
}

function peerOf(usage: UsageAnswer): string | undefined {
  return isLocal(usage) ? undefined : usage.peer;
}

function directionOf({ use }: UsageAnswer): Answer["direction"] {
  return use === "outbound" ? "outbound" : "inbound";
}
