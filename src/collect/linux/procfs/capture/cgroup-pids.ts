import { type Dirent, readdirSync } from "node:fs";
import { readText, refusalOf } from "../../owners/proc-file.ts";

/**
 * The processes of the cgroup folder `path` and of all below it, from their `cgroup.procs` (cgroups(7)), ascending.
 * A folder that was removed has none. A process may be listed twice while it moves, and as 0 when it is in another pid
 * namespace.
 */
export function readCgroupPids(path: string): number[] {
  const pids = new Set<number>();
  collect(path, pids);
  pids.delete(0);
  return [...pids].sort((a, b) => a - b);
}

function collect(path: string, pids: Set<number>): void {
  for (const line of (readText(`${path}/cgroup.procs`) ?? "").split("\n")) if (line !== "") pids.add(Number(line));
  let entries: Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    refusalOf(error);
    return;
  }
  for (const entry of entries) if (entry.isDirectory()) collect(`${path}/${entry.name}`, pids);
}
