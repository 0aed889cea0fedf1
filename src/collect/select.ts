import { existsSync, readFileSync } from "node:fs";
import type { Degradation } from "../model/gap.ts";
import type { Collector, Enclosure, Isolation, Readiness, Scope } from "../model/interfaces.ts";
import { Problem } from "../model/problem.ts";
import type { Process } from "../model/process.ts";
import { insteadOf, withFallback } from "./fallback.ts";
import type { Identity } from "./linux/identity/identity.ts";
import { applicationOf } from "./linux/owners/application.ts";
import { createProcessReader } from "./linux/owners/process.ts";
import { createProcfsCollector } from "./linux/procfs/collector.ts";

export type { Identity } from "./linux/identity/identity.ts";

/** The collector that was settled for, and what is lost against a better one. */
export type Selection = { collector: Collector; degradations: Degradation[] };

/**
 * The collector for one snapshot. `wanted` forces `procfs`, `ebpf`, or `scripted:FILE`; without it a quiet machine is
 * read from /proc, which starts at once, a busy one in the kernel where that is possible, because there one pass takes
 * a twentieth of the time. Throws `bad-value`, and for a forced collector `not-available` or `not-permitted`.
 */
export async function selectSnapshot(wanted?: string): Promise<Selection> {
  if (wanted !== undefined) return byName(wanted);
  if (!isRoot() || isQuiet()) return { collector: await procfs(), degradations: [] };
  // Both see the same sockets: that the faster one is missing takes nothing from the answer.
  const { collector } = await bestCollector();
  return { collector, degradations: [] };
}

/**
 * The collector that follows what happens: eBPF, else procfs, which may miss what is short, and says so. `wanted` and
 * errors as for `selectSnapshot`.
 */
export async function selectCapture(wanted?: string): Promise<Selection> {
  return wanted === undefined ? bestCollector() : byName(wanted);
}

/** A place of its own for an application; undefined where this machine or this user has none to give. */
export async function enclose(): Promise<Enclosure | undefined> {
  return (await import("./linux/cgroup/enclosure.ts")).createEnclosure();
}

/**
 * A place without a network, but for a loopback interface where `loopback` asks for it.
 * @throws Problem `not-permitted` where this user may not make one.
 */
export async function isolate(loopback: boolean): Promise<Isolation> {
  return (await import("./linux/isolation/isolation.ts")).createIsolation(loopback);
}

/** Who the processes of this machine are, for a recorder: their applications, and the programs that they execute. */
export async function identity(): Promise<Identity> {
  return (await import("./linux/identity/identity.ts")).createIdentity("/proc");
}

/**
 * Gives up, for good, every privilege of this thread and of those that it starts but for what a capture takes to begin
 * (`observe`), or to go on (`follow`); with `override` also that of writing where others may and root may not.
 */
export async function dropPrivileges(keep: "observe" | "follow", override: boolean): Promise<void> {
  const { keepOnly, TO_FOLLOW, TO_OBSERVE } = await import("./linux/privileges.ts");
  keepOnly([...(keep === "observe" ? TO_OBSERVE : TO_FOLLOW), ...(override ? (["overrideAccess"] as const) : [])]);
}

/** What this machine tells of processes beside a capture. */
export type ProcessKnowledge = {
  /** The process that has this pid now, with where it belongs; undefined where none has. */
  look(pid: number): Process | undefined;
  /** What a person calls the application of a socket that all of these hold. */
  applicationOf(processes: readonly Process[]): string | undefined;
};

/** What this machine tells of processes; with `verbose` also their arguments, parents and modules. */
export function processKnowledge(verbose: boolean): ProcessKnowledge {
  const reader = createProcessReader("/proc");
  const options = verbose ? { verbose } : { brief: true };
  return { look: (pid) => reader.read(pid, options), applicationOf };
}

/** Makes a process that runs for long thrifty with memory, before it starts a capture; answers what gives back what is free. */
export async function thriftyMemory(): Promise<() => void> {
  return (await import("./linux/memory.ts")).thriftyMemory();
}

/** The processes of a systemd unit. Throws `no-such-unit`. */
export async function unitScope(unit: string): Promise<Scope> {
  const path = (await import("./linux/cgroup/unit.ts")).unitCgroup(unit);
  if (path !== undefined) return { kind: "cgroup", path };
  const what = `there is no running unit "${unit}"`;
  // What sd_booted(3) asks.
  if (!existsSync("/run/systemd/system")) {
    const why = "systemd does not run here, and no cgroup v2 folder has this name; --pid N follows a process.";
    throw new Problem("no-such-unit", what, { why, next: "ps -e" });
  }
  throw new Problem("no-such-unit", what, {
    why: "No cgroup v2 folder has its name.",
    next: "systemctl list-units --state=running",
  });
}

/** Whether each collector works here, the best first, and what would bring what it lacks. */
export async function probeCollectors(): Promise<Readiness[]> {
  const probes = [await import("./linux/ebpf/readiness.ts"), await import("./linux/procfs/readiness.ts")];
  return Promise.all(probes.map(({ probe }) => probe()));
}

async function bestCollector(): Promise<Selection> {
  try {
    return { collector: withFallback(await ebpf(), procfs), degradations: [] };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { collector: insteadOf(error, await procfs()), degradations: [] };
  }
}

async function byName(wanted: string): Promise<Selection> {
  if (wanted === "procfs") return { collector: await procfs(), degradations: [] };
  if (wanted === "ebpf") return { collector: await ebpf(), degradations: [] };
  if (wanted.startsWith("scripted:")) {
    const { readScript } = await import("./scripted/script-file.ts");
    const { createScriptedCollector } = await import("./scripted/collector.ts");
    const script = readScript(wanted.slice("scripted:".length));
    return { collector: createScriptedCollector(script), degradations: script.degradations ?? [] };
  }
  throw new Problem("bad-value", `there is no collector "${wanted}"`, {
    why: "the collectors are ebpf, procfs and scripted:FILE",
    next: "./portolan doctor",
  });
}

async function procfs(): Promise<Collector> {
  return createProcfsCollector();
}

async function ebpf(): Promise<Collector> {
  return (await import("./linux/ebpf/collector.ts")).createEbpfCollector();
}

function isRoot(): boolean {
  return process.geteuid?.() === 0;
}

/** Open files on the whole machine up to which reading all of /proc is faster than loading a BPF program. */
const QUIET_FILES = 5_000;
/** TCP sockets up to which reading the tables of /proc/net is. */
const QUIET_SOCKETS = 4_000;

/**
 * Whether so little is open that /proc is the quicker source: allocated file handles (proc_sys_fs(5), file-nr), and TCP
 * sockets of this network namespace (proc_pid_net(5), sockstat), TIME_WAIT included, which is no file.
 */
function isQuiet(): boolean {
  const files = Number.parseInt(readFileSync("/proc/sys/fs/file-nr", "utf8"), 10);
  if (!(files <= QUIET_FILES)) return false;
  const counts = /^TCP: inuse \d+ orphan \d+ tw (\d+) alloc (\d+)/m.exec(readFileSync("/proc/net/sockstat", "utf8"));
  return Number(counts?.[1]) + Number(counts?.[2]) <= QUIET_SOCKETS;
}
