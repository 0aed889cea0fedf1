import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Peer } from "../peers.ts";

/** A BPF program and what the kernel counted of it since it was loaded. */
export type KernelProgram = { name: string; runs: number; nanoseconds: number };

const READER: Peer = "bpftool";
const SWITCH = "/proc/sys/kernel/bpf_stats_enabled";

/** Lets the kernel count the run time of BPF programs (Documentation/admin-guide/sysctl/kernel.rst) during `work`. */
export async function counting<T>(work: () => Promise<T>): Promise<T> {
  const before = readFileSync(SWITCH, "utf8");
  const restore = () => writeFileSync(SWITCH, before);
  process.once("exit", restore);
  writeFileSync(SWITCH, "1");
  try {
    return await work();
  } finally {
    restore();
    process.off("exit", restore);
  }
}

/** The programs that process `pid` holds, by its descriptors of programs and links (bpf_prog_show_fdinfo in the kernel). */
export function programsOf(pid: number): KernelProgram[] {
  const ids = new Set<string>();
  for (const fd of readdirSync(`/proc/${pid}/fdinfo`)) {
    const id = /^prog_id:\s*(\d+)$/m.exec(readIfThere(`/proc/${pid}/fdinfo/${fd}`))?.[1];
    if (id !== undefined) ids.add(id);
  }
  return [...ids].map(show).toSorted((a, b) => b.nanoseconds - a.nanoseconds);
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    // A descriptor may be closed while its folder is read.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}

function show(id: string): KernelProgram {
  const text = execFileSync(READER, ["--json", "prog", "show", "id", id], { encoding: "utf8" });
  const { name, type, run_cnt, run_time_ns } = JSON.parse(text) as Record<string, string | number | undefined>;
  return { name: String(name ?? type), runs: Number(run_cnt ?? 0), nanoseconds: Number(run_time_ns ?? 0) };
}
