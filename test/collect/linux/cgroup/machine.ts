import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { cgroup2Mount } from "../../../../src/collect/linux/cgroup/mount.ts";
import { parseStat } from "../../../../src/collect/linux/owners/stat.ts";

/** Why cgroups cannot be made here, or undefined where they can. */
export function lack(): string | undefined {
  if (process.getuid?.() !== 0) return "only root may make cgroups";
  return cgroup2Mount() === undefined ? "cgroup v2 is not mounted" : undefined;
}

/** A process that runs until it is ended. */
export type Sleeper = { pid: number; end(): Promise<void> };

export function sleeper(): Sleeper {
  const child = spawn("/bin/sleep", ["600"], { stdio: "ignore" });
  const exit = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const { pid } = child;
  if (pid === undefined) throw new Error("sleep did not start");
  return {
    pid,
    async end() {
      child.kill("SIGKILL");
      await exit;
    },
  };
}

/** The path of the cgroup v2 that a process is in, as /proc tells it. */
export function cgroupOf(pid: number | "self"): string | undefined {
  return /^0::(.*)$/m.exec(readFileSync(`/proc/${pid}/cgroup`, "utf8"))?.[1];
}

/** When a process started, in ticks since boot. */
export function startTicks(pid: number): number {
  const ticks = parseStat(readFileSync(`/proc/${pid}/stat`, "utf8"))?.startTicks;
  if (ticks === undefined) throw new Error(`process ${pid} has no start`);
  return ticks;
}
