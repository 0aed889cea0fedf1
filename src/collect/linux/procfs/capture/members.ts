import type { Scope } from "../../../../model/interfaces.ts";
import { readText } from "../../owners/proc-file.ts";
import { parseStat, type Stat } from "../../owners/stat.ts";
import { livingTask } from "../../owners/tasks.ts";
import { listPids } from "../holders.ts";
import { readCgroupPids } from "./cgroup-pids.ts";
import { childrenOf, familyOf } from "./family.ts";

/** The living programs of a scope at this moment, by pid. Kernel threads and zombies are none. */
export type Members = () => Map<number, Stat>;

/** Members of `scope` in the /proc at `root`. Whoever once belonged to a process belongs to it for good. */
export function createMembers(root: string, scope: Scope): Members {
  if (scope.kind === "machine") return () => livingOf(root, listPids(root));
  if (scope.kind === "cgroup") return () => livingOf(root, readCgroupPids(scope.path));
  const family = scope.kind === "process" ? familyOf(scope.pid) : childrenOf(process.pid);
  return () => family(livingOf(root, listPids(root)));
}

function livingOf(root: string, pids: readonly number[]): Map<number, Stat> {
  const living = new Map<number, Stat>();
  for (const pid of pids) {
    const stat = parseStat(readText(`${root}/${pid}/stat`) ?? "");
    if (stat === undefined || stat.kernelThread || stat.state === "X") continue;
    // A process lives as long as one of its threads: the first may have ended, and then tells neither state nor image.
    const task = stat.state === "Z" ? livingTask(root, pid)?.stat : stat;
    if (task !== undefined) living.set(pid, { ...stat, state: task.state, image: task.image });
  }
  return living;
}
