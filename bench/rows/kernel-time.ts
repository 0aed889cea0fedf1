import { join } from "node:path";
import { bpftraceLine } from "../capture/bpftrace.ts";
import { type Load, startLine } from "../capture/counter.ts";
import { counting, type KernelProgram, programsOf } from "../capture/kernel-programs.ts";
import { LAUNCHER } from "../launcher.ts";
import { type Peer, remedy } from "../peers.ts";
import { enterRoom } from "../room.ts";
import type { Bench, Result, Row, Table } from "../row.ts";
import { figure, scaled } from "../statistics.ts";

/** Who is looked at, and its command line around a load that stays until its stdin ends. */
type Subject = { name: string; peer?: Peer; line: (bench: Bench, connections: number) => string[] };

const SUBJECTS: Subject[] = [
  {
    name: "portolan run",
    line: ({ programs, scratch }, connections) => {
      const file = join(scratch, "profile.json");
      return [LAUNCHER, "run", "--output", file, "--", programs.churn, String(connections), "wait"];
    },
  },
  bpftrace("bpftrace, counts by process", "count.bt"),
  bpftrace("bpftrace, a line each", "lines.bt"),
];

function bpftrace(name: string, script: string): Subject {
  return {
    name,
    peer: "bpftrace",
    line: ({ programs, scratch }, connections) =>
      bpftraceLine(script, join(scratch, "bpftrace"), `${programs.churn} ${connections} wait`),
  };
}

/** Where the kernel's own time for the watching goes. */
export const kernelTime: Row = {
  name: "kernel-time",
  title: "What the programs in the kernel take",
  method:
    "The load of `short-connections`, 100,000 times, once more with `kernel.bpf_stats_enabled` on: the kernel itself counts " +
    "how often each program runs and how long, and is asked by bpftool while the programs are still attached. Programs " +
    "that never ran are left out. The count has a cost of its own, so the load's time is not taken from here.",
  peers: ["bpftool", "bpftrace"],
  async run(bench) {
    const result: Result = { tables: [], verdicts: [], notes: [] };
    if (bench.missing.has("bpftool")) return { ...result, notes: [`bpftool ${remedy("bpftool")}`] };
    await counting(async () => {
      for (const subject of SUBJECTS) {
        if (subject.peer !== undefined && bench.missing.has(subject.peer)) {
          result.notes.push(`${subject.name}: ${remedy(subject.peer)}`);
        } else {
          result.tables.push(await measured(bench, subject));
        }
      }
    });
    return result;
  },
};

async function measured(bench: Bench, { name, line }: Subject): Promise<Table> {
  const connections = scaled(100_000, bench.scale, 100);
  bench.progress(`${name} watches ${connections} connections`);
  const room = await enterRoom();
  try {
    const started = startLine(room.inside(line(bench, connections)));
    const load = JSON.parse(await started.line((text) => text.startsWith('{"pid"'))) as Load;
    const programs = programsOf(started.pid).filter(({ runs }) => runs > 0);
    started.stdin.end();
    const { status, stderr } = await started.ended;
    if (status !== 0) throw new Error(`${name}: status ${status}: ${stderr.trim()}`);
    return table(name, programs, load);
  } finally {
    await room.leave();
  }
}

function table(title: string, programs: KernelProgram[], { connections }: Load): Table {
  const all = programs.reduce((sum, { nanoseconds }) => sum + nanoseconds, 0);
  const row = ({ name, runs, nanoseconds }: KernelProgram) => [
    name,
    runs,
    figure(nanoseconds / runs),
    figure(nanoseconds / 1e6),
    figure(nanoseconds / connections),
  ];
  return {
    title,
    columns: ["program", "runs", "ns a run", "ms", "ns a connection"],
    rows: [...programs.map(row), ["all", "", "", figure(all / 1e6), figure(all / connections)]],
  };
}
