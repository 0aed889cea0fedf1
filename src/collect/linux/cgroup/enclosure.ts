import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Enclosure } from "../../../model/interfaces.ts";
import { readText } from "../owners/proc-file.ts";
import { parseStat } from "../owners/stat.ts";
import { cgroup2Mount } from "./mount.ts";

/** Enclosures that this process has made: each has a folder of its own. */
let made = 0;
const PREFIX = "portolan-run-";
/** Errors that mean that this user or this place does not allow it; whatever is asked then goes on without. */
const REFUSALS = ["EACCES", "EPERM", "EROFS", "ENOENT", "EOPNOTSUPP", "EBUSY", "EINVAL"];

/**
 * A cgroup v2 folder below our own, for one application. Our own stays the parent, so that the application keeps the
 * limits and the accounting that it would have without Portolan. Undefined where there is no cgroup v2, or no right to it.
 */
export function createEnclosure(): Enclosure | undefined {
  const mount = cgroup2Mount();
  if (mount === undefined) return undefined;
  const home = join(mount, ownCgroup() ?? "/");
  removeStale(home);
  const path = join(home, `${PREFIX}${process.pid}-${startTicks(process.pid) ?? 0}-${++made}`);
  try {
    mkdirSync(path);
  } catch (error) {
    if (refused(error)) return undefined;
    throw error;
  }
  return {
    scope: { kind: "cgroup", path },
    starting: (start) => inside(path, home, start),
    release: () => release(path, home),
  };
}

/** Runs `start` with this process in the cgroup, so that a child is in it from before its first instruction. */
function inside<T>(path: string, home: string, start: () => T): T {
  enter(path, process.pid);
  try {
    return start();
  } finally {
    enter(home, process.pid);
  }
}

function enter(path: string, pid: number): void {
  writeFileSync(join(path, "cgroup.procs"), String(pid));
}

/** What still runs goes back to where it would have been; then the folder is removed. */
function release(path: string, home: string): void {
  attempt(() => {
    const pids = readFileSync(join(path, "cgroup.procs"), "utf8").split("\n").filter(Boolean);
    for (const pid of pids) attempt(() => enter(home, Number(pid)));
    rmdirSync(path);
  });
}

/** Removes what a Portolan that was killed left behind. Whoever still runs in it goes home. */
function removeStale(home: string): void {
  for (const name of readdirSync(home)) {
    if (!name.startsWith(PREFIX)) continue;
    const [pid, ticks] = name.slice(PREFIX.length).split("-").map(Number);
    if (pid === undefined || startTicks(pid) === ticks) continue;
    release(join(home, name), home);
  }
}

/** Our own folder below the cgroup v2 mount: the line `0::PATH` of /proc/self/cgroup (cgroups(7)). */
function ownCgroup(): string | undefined {
  return /^0::(.*)$/m.exec(readText("/proc/self/cgroup") ?? "")?.[1];
}

function startTicks(pid: number): number | undefined {
  return parseStat(readText(`/proc/${pid}/stat`) ?? "")?.startTicks;
}

function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A process that ended meanwhile (ESRCH) is where we want it; a folder still populated is left to the next start.
    if (!refused(error) && code !== "ESRCH" && code !== "ENOTEMPTY" && code !== "ENODEV") throw error;
  }
}

function refused(error: unknown): boolean {
  return REFUSALS.includes((error as NodeJS.ErrnoException).code ?? "");
}
