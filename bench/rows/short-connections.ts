import { type Attempt, attempt } from "../capture/attempt.ts";
import { BPFTRACE_COUNT, BPFTRACE_LINES } from "../capture/bpftrace.ts";
import { CONNTRACK } from "../capture/conntrack.ts";
import { PORTOLAN } from "../capture/portolan.ts";
import { STRACE } from "../capture/strace.ts";
import type { Cell, Row, Verdict } from "../row.ts";
import { figure, scaled } from "../statistics.ts";

const PEERS = [BPFTRACE_COUNT, BPFTRACE_LINES, CONNTRACK, STRACE];

/** Whether everything is counted when connections come as fast as they can. */
export const shortConnections: Row = {
  name: "short-connections",
  title: "200,000 short connections, all of them counted",
  method:
    "One process makes and resets loopback connections as fast as it can. Each counter, with its default buffers, has to " +
    "tell how many there were and whose. Portolan has to do so for both ends, and to call its own profile complete.",
  peers: ["bpftrace", "conntrack", "nft", "strace"],
  async run(bench) {
    const connections = scaled(200_000, bench.scale, 100);
    const ours = await attempt(bench, PORTOLAN, connections);
    const rows = [cells(PORTOLAN.name, ours)];
    for (const peer of PEERS) rows.push(cells(peer.name, await attempt(bench, peer, connections)));
    const columns = ["counter", "connections", "counted", "missed", "µs each", "remark"];
    return { tables: [{ title: "Once each", columns, rows }], verdicts: [verdict(ours, connections)], notes: [] };
  },
};

function cells(name: string, result: Attempt): Cell[] {
  if ("fault" in result) return [name, "", "", "", "", result.fault];
  const { load, counted, remark } = result.count;
  const each = figure(load.microseconds / load.connections);
  return [name, load.connections, counted, load.connections - counted, each, remark ?? ""];
}

function verdict(ours: Attempt, connections: number): Verdict {
  const target = `${connections} of ${connections}, no gap`;
  const claim = "connections counted with their process";
  if ("fault" in ours) return { claim, target, reached: false, note: ours.fault };
  const { counted, remark } = ours.count;
  const reached = counted === connections;
  return { claim, target, measured: String(counted), reached, ...(!reached && remark && { note: remark }) };
}
