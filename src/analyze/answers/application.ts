import type { AppDocument } from "../../model/documents/applications.ts";
import { exposureOf } from "../../model/endpoint.ts";
import { processKey } from "../../model/process.ts";
import type { HourlyAnswer, ProgramRecord, RecordedProcess, UsageAnswer } from "../../model/record.ts";
import { addSums, recordedProcessDocument, sumsDocument, sumsOf } from "../../model/record-document.ts";
import { isoTime } from "../../model/time.ts";

const TOP_PEERS = 7;
const PROCESSES = 23;
const MICROS_PER_HOUR = 3_600_000_000;

type Row<Key extends "listens" | "connects" | "failedBinds" | "hours"> = AppDocument[Key][number];

/** The ports that it listened on, with whatever came in by them: also what came in by ports that were not seen to open. */
export function listensOf(usages: readonly UsageAnswer[]): Row<"listens">[] {
  const inbound = usages
    .filter(({ use }) => use === "listen" || use === "inbound")
    .map((usage) => (usage.use === "listen" ? { ...usage, flows: 0 } : usage));
  const ports = Map.groupBy(inbound, ({ protocol, port }) => `${protocol} ${port}`);
  return [...ports.values()].flatMap((group) => {
    const [first, ...others] = group;
    if (first === undefined) return [];
    const sums = sumsOf(first);
    for (const other of others) addSums(sums, other);
    const addresses = group.flatMap(({ use, peer }) => (use === "listen" && peer !== undefined ? [peer] : []));
    const peers = group.filter(({ use, peer }) => use === "inbound" && peer !== undefined);
    const top = [...peers].sort((a, b) => b.flows - a.flows).slice(0, TOP_PEERS);
    // A peer from elsewhere proves that the network reached it, whatever was seen of its opening.
    const reached = [...addresses, ...peers.map(({ peer }) => peer ?? "")];
    return [
      {
        protocol: first.protocol,
        port: first.port,
        addresses: [...new Set(addresses)].sort(),
        exposure: reached.some((address) => exposureOf(address) === "network") ? "network" : "loopback",
        peers: new Set(peers.map(({ peer }) => peer)).size,
        topPeers: top.map(({ peer = "", flows }) => ({ address: peer, flows })),
        ...sumsDocument(sums),
      },
    ];
  });
}

export function connectsOf(usages: readonly UsageAnswer[]): Row<"connects">[] {
  return usages
    .filter(({ use }) => use === "outbound")
    .map((usage) => ({
      protocol: usage.protocol,
      port: usage.port,
      ...(usage.peer !== undefined && { peer: usage.peer }),
      ...(usage.names && { names: usage.names }),
      ...sumsDocument(usage),
    }));
}

export function failedBindsOf(usages: readonly UsageAnswer[]): Row<"failedBinds">[] {
  return usages
    .filter(({ use }) => use === "bind-failed")
    .map(({ protocol, port, peer, failed, lastSeen }) => ({
      protocol,
      port,
      ...(peer !== undefined && { address: peer }),
      failed,
      lastSeen: isoTime(lastSeen),
    }));
}

/** Every hour in which it used the network, whatever for, the earliest first. */
export function hoursOf(hours: readonly HourlyAnswer[]): Row<"hours">[] {
  const sums = new Map<number, { flows: number; failed: number; bytesIn?: number; bytesOut?: number }>();
  for (const { hour, flows, failed, bytesIn, bytesOut } of hours) {
    const sum = sums.get(hour) ?? { flows: 0, failed: 0 };
    sums.set(hour, sum);
    sum.flows += flows;
    sum.failed += failed;
    if (bytesIn !== undefined) sum.bytesIn = (sum.bytesIn ?? 0) + bytesIn;
    if (bytesOut !== undefined) sum.bytesOut = (sum.bytesOut ?? 0) + bytesOut;
  }
  return [...sums].sort(([a], [b]) => a - b).map(([hour, sum]) => ({ hour: isoTime(hour * MICROS_PER_HOUR), ...sum }));
}

/** The latest processes of all usages. */
export function processesOf(usages: readonly UsageAnswer[]): AppDocument["processes"] {
  const found = new Map<string, RecordedProcess>();
  for (const process of usages.flatMap(({ processes }) => processes)) found.set(processKey(process), process);
  return [...found.values()]
    .sort((a, b) => b.startedAt - a.startedAt)
    .slice(0, PROCESSES)
    .map(recordedProcessDocument);
}

export function programsOf(programs: readonly ProgramRecord[]): AppDocument["programs"] {
  return programs.map(({ executable, sha256, size, changedAt, modules, firstSeen }) => ({
    executable,
    ...(sha256 !== undefined && { sha256 }),
    ...(size !== undefined && { size }),
    ...(changedAt !== undefined && { changedAt: isoTime(changedAt) }),
    ...(modules && { modules }),
    firstSeen: isoTime(firstSeen),
  }));
}
