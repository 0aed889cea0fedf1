import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Started, start } from "../../../bench/started.ts";
import { type Endpoint, isWildcard } from "../../../src/model/endpoint.ts";
import { program } from "../../live/machine.ts";
import { until } from "../../live/until.ts";
import type { Adapter, Ended } from "../adapter.ts";
import type { Seen } from "../seen.ts";
import type { ConnectRow, ListenRow } from "../truth.ts";
import { oneConnection } from "./connection.ts";
import { lackOf } from "./listing.ts";
import { versionOf } from "./version.ts";

const SCRIPT = join(import.meta.dirname, "states.bt");
/** It finds tracepoints through tracefs, which is mounted for it alone. */
const TRACEFS = 'mount -t tracefs tracefs /sys/kernel/tracing && exec bpftrace -o "$1" "$2"';

/** TCP states by the kernel's numbers (include/net/tcp_states.h). */
const [ESTABLISHED, SYN_SENT, SYN_RECV, CLOSE, LISTEN] = [1, 2, 3, 7, 10];

/** A plain bpftrace script on one tracepoint: it sees who opens a listener, and not who accepts. */
export const bpftrace: Adapter = {
  name: "bpftrace script",
  scope: "record",
  about: "TCP",
  knows: {
    facts: new Set([
      ...(["listens", "listens flows", "listens peers"] as const),
      ...(["connects", "connects pids", "connects flows", "connects failed"] as const),
    ]),
    protocols: ["tcp"],
  },
  lack: () => (process.geteuid?.() === 0 ? lackOf("bpftrace", "unshare") : "needs root"),
  version: () => versionOf(program("bpftrace"), ["--version"]),
  watch({ folder }) {
    const file = join(folder, "states");
    let started: Started | undefined;
    const close = async () => {
      started?.kill("SIGINT");
      await started?.ended;
      started = undefined;
    };
    return {
      async start() {
        started = start("unshare", ["--mount", "--", "sh", "-c", TRACEFS, "sh", file, SCRIPT]);
        await reported(file);
      },
      async seen(ended) {
        // Lines come in order enough: when a later connection is there, so are the scenario's.
        await reported(file);
        await close();
        return seenIn(readFileSync(file, "utf8"), ended);
      },
      close,
    };
  },
};

/** Makes connections until one of them stands in the file. */
async function reported(file: string): Promise<void> {
  await until("bpftrace to report a connection", async () => {
    const port = await oneConnection();
    return until("its line", () => readFileSync(file, "utf8").includes(` ${port}\n`), 500);
  });
}

/** What the lines say of the scenario's processes. */
function seenIn(text: string, { pids }: Ended): Seen {
  const listens: (ListenRow & { pids: number[]; flows: number; peers: { address: string; flows: number }[] })[] = [];
  const connects = new Map<string, ConnectRow & { pids: number[]; flows: number; failed: number }>();
  const attempts = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match = /^state (\d+) (\d+) (\d+) (\S+) (\d+) (\S+) (\d+)$/.exec(line);
    if (match === null) continue;
    const [pid, before, now] = [Number(match[1]), Number(match[2]), Number(match[3])];
    const local = { address: match[4] ?? "", port: Number(match[5]) };
    const remote = { address: match[6] ?? "", port: Number(match[7]) };
    const flow = `${match[4]} ${match[5]} ${match[6]} ${match[7]}`;
    if (now === LISTEN && pids.has(pid)) {
      const known = listens.find((row) => row.port === local.port && row.address === local.address);
      if (known === undefined) listens.push({ protocol: "tcp", ...local, pids: [pid], flows: 0, peers: [] });
      else if (!known.pids.includes(pid)) known.pids.push(pid);
    } else if (now === SYN_SENT && pids.has(pid)) {
      const key = `${match[6]} ${match[7]}`;
      const row = connects.get(key) ?? { protocol: "tcp", remote, pids: [], flows: 0, failed: 0 };
      if (!row.pids.includes(pid)) row.pids.push(pid);
      connects.set(key, row);
      // Its own port is chosen only after this: until then the peer names the attempt.
      attempts.set(local.port === 0 ? key : flow, key);
    } else if (before === SYN_SENT && (now === ESTABLISHED || now === CLOSE)) {
      const row = connects.get(attempts.get(flow) ?? `${match[6]} ${match[7]}`);
      if (row !== undefined && now === ESTABLISHED) row.flows++;
      else if (row !== undefined) row.failed++;
    } else if (before === SYN_RECV && now === ESTABLISHED) {
      const row = listenerOf(listens, local);
      if (row === undefined) continue;
      row.flows++;
      const peer = row.peers.find(({ address }) => address === remote.address);
      if (peer === undefined) row.peers.push({ address: remote.address, flows: 1 });
      else peer.flows++;
    }
  }
  return { listens, connects: [...connects.values()] };
}

/** The listener of a connection by its own end: the same address, else the wildcard of its family, else the other one. */
function listenerOf<Row extends Endpoint>(listens: readonly Row[], local: Endpoint): Row | undefined {
  const there = listens.filter(({ port }) => port === local.port);
  const wildcard = local.address.includes(":") ? "::" : "0.0.0.0";
  return (
    there.find(({ address }) => address === local.address) ??
    there.find(({ address }) => address === wildcard) ??
    there.find(({ address }) => isWildcard(address))
  );
}
