import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release, totalmem } from "node:os";
import { setTimeout as pause } from "node:timers/promises";

/** What the figures of a run depend on. */
export type Machine = {
  processor: string;
  cores: number;
  memory: string;
  kernel: string;
  distribution: string;
  /** How many this process may open, and thus every load, unless it may raise that. */
  filesAllowed: string;
  /** Files that others have open (proc_sys_fs(5), file-nr): a list of sockets has to look at them. */
  filesOpen: number;
  /** Share of processor time that others used in the second before the run, and that a hypervisor took. */
  busyBefore: string;
};

/** Looks at this machine, for a second. */
export async function describeMachine(): Promise<Machine> {
  const release_ = /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1];
  const limits = /^Max open files\s+(\S+)\s+(\S+)/m.exec(readFileSync("/proc/self/limits", "utf8"));
  return {
    processor: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    memory: `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    kernel: release(),
    distribution: release_ ?? "unknown",
    filesOpen: Number.parseInt(readFileSync("/proc/sys/fs/file-nr", "utf8"), 10),
    filesAllowed: `${limits?.[1]}, at most ${limits?.[2]}`,
    busyBefore: `${await busy()}, load ${loadavg()[0]?.toFixed(2)}`,
  };
}

/** The first line of /proc/stat (proc_stat(5)): user nice system idle iowait irq softirq steal, in ticks. */
function ticks(): number[] {
  return readFileSync("/proc/stat", "utf8").split("\n", 1)[0]?.split(/\s+/).slice(1, 9).map(Number) ?? [];
}

async function busy(): Promise<string> {
  const before = ticks();
  await pause(1000);
  const spent = ticks().map((now, index) => now - (before[index] ?? 0));
  const all = spent.reduce((sum, each) => sum + each, 0);
  const idle = (spent[3] ?? 0) + (spent[4] ?? 0);
  const percent = (part: number) => `${((100 * part) / all).toFixed(0)} %`;
  return `${percent(all - idle)} busy, ${percent(spent[7] ?? 0)} stolen`;
}
