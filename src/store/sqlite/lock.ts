import type { DatabaseSync } from "node:sqlite";
import { Problem } from "../../model/problem.ts";

/** SQLite's result code of a lock that somebody else holds (https://sqlite.org/rescode.html#busy). */
const BUSY = 5;

/**
 * What keeps a second recorder from a record: a transaction that never ends, in a database of its own beside it. Its lock
 * is the kernel's, on an open file, so that it goes with the process that holds it, however that ends; it also holds
 * within one process, and between containers that share the folder. The file says who holds it, and means nothing alone.
 */
export type Lock = { release(): void };

/** @throws Problem `record-in-use` with the pid of the one that writes already; SQLite's error where there can be no file. */
export async function lock(path: string): Promise<Lock> {
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync(`${path}-lock`, { timeout: 0 });
  try {
    database.exec("begin immediate");
    database.exec("create table if not exists holder (one integer primary key check (one = 1), pid integer not null)");
    database.prepare("insert or replace into holder values (1, ?)").run(process.pid);
    database.exec("commit");
    // The kernel keeps the others out from now on, and lets them read who does.
    database.exec("begin immediate");
    return { release: () => database.close() };
  } catch (error) {
    const busy = error instanceof Error && "errcode" in error && error.errcode === BUSY;
    const holder = busy ? holderOf(database) : undefined;
    database.close();
    throw busy ? inUse(path, holder) : error;
  }
}

function holderOf(database: DatabaseSync): number | undefined {
  try {
    return Number(database.prepare("select pid from holder").get()?.pid);
  } catch {
    return undefined;
  }
}

function inUse(path: string, holder: number | undefined): Problem {
  const who = holder === undefined ? "It began this very moment." : `It is process ${holder}.`;
  return new Problem("record-in-use", `another recorder writes to ${path}`, {
    why: `${who} A record has one recorder at a time.`,
    next: holder === undefined ? "try again" : `ps -p ${holder}, or name another file with --store`,
  });
}
