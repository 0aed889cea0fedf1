import { readdirSync, statSync } from "node:fs";
import { readText, refusalOf } from "./proc-file.ts";
import { parseStat, type Stat } from "./stat.ts";

/** Links of /proc/PID/task where there is one thread: two, and one for each (proc_task_getattr of fs/proc/base.c). */
const LINKS_OF_ONE = 3;

/**
 * The threads of process `pid` but its first, as folders below the /proc at `root`: `17/task/18` (proc_pid_task(5)).
 * None where the process is gone or may not be looked into.
 */
export function otherTasks(root: string, pid: number): string[] {
  const folder = `${root}/${pid}/task`;
  try {
    // Cheaper than listing, and kernel threads, of which there are hundreds, always have one.
    if (statSync(folder).nlink === LINKS_OF_ONE) return [];
    const first = String(pid);
    return readdirSync(folder).flatMap((task) => (task === first ? [] : [`${pid}/task/${task}`]));
  } catch (error) {
    refusalOf(error);
    return [];
  }
}

/**
 * A thread that lives on in process `pid`, whose first one has ended (pthread_exit(3) in main): /proc/PID then shows
 * neither executable nor arguments nor descriptors, and the thread's folder does. Absent where no thread lives.
 */
export function livingTask(root: string, pid: number): { folder: string; stat: Stat } | undefined {
  for (const folder of otherTasks(root, pid)) {
    const stat = parseStat(readText(`${root}/${folder}/stat`) ?? "");
    if (stat !== undefined && stat.state !== "Z" && stat.state !== "X") return { folder, stat };
  }
  return undefined;
}
