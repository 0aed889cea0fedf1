import type { Evidence } from "../../../model/evidence.ts";
import type { SnapshotOptions } from "../../../model/interfaces.ts";
import type { Process } from "../../../model/process.ts";
import type { Snapshot, Socket } from "../../../model/socket.ts";
import { type Micros, micros } from "../../../model/time.ts";
import { applicationOf } from "../owners/application.ts";
import { createProcessReader } from "../owners/process.ts";
import type { Stat } from "../owners/stat.ts";
import { createAddressBook } from "./address-words.ts";
import { type Holders, listPids, readHolders } from "./holders.ts";
import { readNamespace, type TableSocket } from "./namespace-sockets.ts";
import type { TablesAhead } from "./read-ahead.ts";
import { readTaskHolders } from "./task-tables.ts";
import { readVisibility, visibilityReasons } from "./visibility.ts";

/** The first half of a snapshot: all processes, and what they hold. */
export type Look = { takenAt: Micros; pids: number[]; holders: Holders };

/** Looks through the processes of the /proc at `root`. Throws when it cannot be listed. */
export function lookAround(root: string): Look {
  const takenAt = micros(Date.now());
  const pids = listPids(root);
  return { takenAt, pids, holders: readHolders(root, pids) };
}

/**
 * Every TCP and UDP socket that the /proc at `root` shows now, with the processes that hold it. Nothing of it is
 * atomic: processes and sockets come and go between the reads, so what seems to be held by nobody is looked up again.
 * `ahead` are tables that were read since the look began.
 */
export function takeSnapshot(
  root: string,
  options: SnapshotOptions,
  { takenAt, pids, holders }: Look = lookAround(root),
  ahead?: TablesAhead,
): Snapshot {
  const visibility = readVisibility(root, pids, holders);
  const reasons = visibilityReasons(visibility);
  let tables = readTables(root, holders, options, reasons, ahead);
  if (visibility.complete && tables.some((socket) => isUnheld(socket, holders))) {
    tables = lookAgain(root, tables, holders, options);
  } else lookIntoTasks(root, holders, tables, holders, visibility.unreadable === 0 && !visibility.hidden);
  const owner = createOwners(root, options);
  const sockets = tables.map((socket) => withOwners(socket, holders, visibility.complete, owner));
  const until = micros(Date.now());
  return {
    takenAt,
    collector: "procfs",
    gaps: reasons.map((reason) => ({ from: takenAt, until, ...reason })),
    sockets,
  };
}

/** How this machine orders the bytes of a word. */
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function readTables(
  root: string,
  holders: Holders,
  options: SnapshotOptions,
  reasons: { reason: string; lost?: number }[],
  ahead?: TablesAhead,
): TableSocket[] {
  const address = createAddressBook(LITTLE_ENDIAN);
  const sockets: TableSocket[] = [];
  for (const [namespace, members] of holders.namespaces) {
    const read = readNamespace(root, members, namespace, { ...options.only, address, ...(ahead && { ahead }) });
    for (const socket of read.sockets) sockets.push(socket);
    if (read.malformed > 0) {
      reasons.push({ reason: `lines of network namespace ${namespace} could not be understood`, lost: read.malformed });
    }
    if (read.gone) reasons.push({ reason: `network namespace ${namespace} ended while it was read` });
  }
  return sockets;
}

/** Sockets opened after their process was looked at get their holders now; those closed since are left out. */
function lookAgain(root: string, tables: TableSocket[], holders: Holders, options: SnapshotOptions): TableSocket[] {
  const now = readHolders(root, listPids(root));
  for (const [inode, those] of now.pids) if (!holders.pids.has(inode)) holders.pids.set(inode, those);
  lookIntoTasks(root, now, tables, holders, true);
  if (!tables.some((socket) => isUnheld(socket, holders))) return tables;
  const still = new Set(readTables(root, now, options, []).map((socket) => socket.inode));
  return tables.filter((socket) => !isUnheld(socket, holders) || still.has(socket.inode));
}

/**
 * Sockets that no process was found to hold get, in `holders`, the processes of `readable` that hold them in a thread's
 * own table. Where others may hold them whom nobody could look into, as is usual without privileges, that is not worth
 * following every descriptor of every thread: then `exact` is false.
 */
function lookIntoTasks(
  root: string,
  { readable }: Holders,
  tables: readonly TableSocket[],
  holders: Holders,
  exact: boolean,
): void {
  const unheld = tables.filter((socket) => isUnheld(socket, holders));
  if (unheld.length === 0) return;
  const found = readTaskHolders(root, readable, new Set(unheld.map(({ inode }) => inode)), exact ? undefined : 0);
  for (const [inode, pids] of found) holders.pids.set(inode, pids);
}

function isUnheld(socket: TableSocket, holders: Holders): boolean {
  return socket.inode !== 0 && !holders.pids.has(socket.inode);
}

/** Reads each process once, in the moment when its first socket comes up. */
function createOwners(root: string, options: SnapshotOptions): (pid: number) => Process | undefined {
  const reader = createProcessReader(root);
  const reading = { verbose: options.verbose === true, brief: options.brief === true };
  const stats = new Map<number, Stat | undefined>();
  const known = new Map<number, Process | undefined>();
  return (pid) => {
    if (!known.has(pid)) known.set(pid, reader.read(pid, { ...reading, stats }));
    return known.get(pid);
  };
}

function withOwners(
  socket: TableSocket,
  holders: Holders,
  complete: boolean,
  owner: (pid: number) => Process | undefined,
): Socket {
  const processes: Process[] = [];
  for (const pid of holders.pids.get(socket.inode) ?? []) {
    const process = owner(pid);
    if (process !== undefined) processes.push(process);
  }
  const { inode, ...seen } = socket;
  const application = applicationOf(processes);
  const evidence = evidenceOf(inode, processes.length > 0, holders.pids.has(inode), complete);
  return application === undefined ? { ...seen, processes, evidence } : { ...seen, application, processes, evidence };
}

function evidenceOf(inode: number, found: boolean, held: boolean, complete: boolean): Evidence {
  if (found) return { source: "holder" };
  // No descriptor leads to it, or its holder ended in the meantime.
  if (inode === 0 || held) return { source: "none" };
  return { source: complete ? "kernel" : "unknown" };
}
