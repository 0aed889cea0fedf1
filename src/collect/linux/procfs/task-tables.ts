import { readdirSync } from "node:fs";
import { refusalOf } from "../owners/proc-file.ts";
import { otherTasks } from "../owners/tasks.ts";
import { addHolder, readSockets } from "./holders.ts";

/** The most descriptors that are followed to tell threads' tables apart: 10 ms, measured. */
const LIMIT = 4_000;

/**
 * Who among `pids` holds one of `sockets` (inode numbers) in a descriptor table that a thread keeps to itself, after
 * unshare(CLONE_FILES): pids by inode number, ascending. /proc does not tell which threads share a table, so each is
 * read as if it had its own. Once `limit` descriptors were followed, a thread with the descriptor numbers of its
 * process's first one is taken to share that one's table.
 */
export function readTaskHolders(
  root: string,
  pids: readonly number[],
  sockets: ReadonlySet<number>,
  limit = LIMIT,
): Map<number, number[]> {
  const found = new Map<number, number[]>();
  let left = limit;
  for (const pid of pids) {
    if (pid === process.pid) continue; // Portolan's own threads share one table.
    const tables = otherTasks(root, pid).map((task) => `${root}/${task}/fd`);
    if (tables.length === 0) continue;
    const first = numbersIn(`${root}/${pid}/fd`);
    const shared = first.join();
    left -= first.length * tables.length;
    for (const table of tables) {
      if (left < 0 && numbersIn(table).join() === shared) continue;
      const held = readSockets(table);
      if (held === "denied" || held === "none") continue;
      for (const inode of held) if (sockets.has(inode)) addHolder(found, inode, pid);
    }
  }
  return found;
}

/** The descriptor numbers in `folder`; none where it cannot be listed. */
function numbersIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    refusalOf(error);
    return [];
  }
}
