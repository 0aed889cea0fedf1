import { readdirSync, readlinkSync } from "node:fs";
import { readLink, readText, refusalOf } from "../owners/proc-file.ts";
import { parseStat } from "../owners/stat.ts";
import { otherTasks } from "../owners/tasks.ts";

/** Who holds which socket, and which network namespaces there are. */
export type Holders = {
  /** Pids by the inode number of the socket, in ascending order, each once. Sockets of every family are in it. */
  pids: Map<number, number[]>;
  /**
   * Members of each network namespace by its inode number, as folders below /proc (`17`, or `17/task/18` where the first
   * thread has ended), in ascending order of pids: any one leads to its tables while it lives.
   */
  namespaces: Map<number, string[]>;
  /** Processes whose descriptors were read, ascending. */
  readable: number[];
  /** Processes whose descriptors this user may not see. */
  unreadable: number;
};

/** The pids of the /proc at `root`, ascending. Throws when it cannot be listed. */
export function listPids(root: string): number[] {
  const pids: number[] = [];
  for (const name of readdirSync(root)) {
    const first = name.charCodeAt(0);
    if (first >= 0x31 && first <= 0x39) pids.push(Number(name));
  }
  return pids.sort((a, b) => a - b);
}

/** The socket descriptors of `pids`. Processes that end meanwhile are left out; so are kernel threads, which have none. */
export function readHolders(root: string, pids: readonly number[]): Holders {
  const holders: Holders = { pids: new Map(), namespaces: new Map(), readable: [], unreadable: 0 };
  for (const pid of pids) {
    let member = String(pid);
    let held = readSockets(`${root}/${member}/fd`);
    if (held === "none" || (held === "denied" && hasEnded(`${root}/${member}/stat`))) {
      [member, held] = readThroughTask(root, pid);
    }
    if (held === "denied") holders.unreadable++;
    // No descriptors at all: a kernel thread, or a dead process. Their namespaces have other members.
    if (held === "none" || held === "denied") continue;
    holders.readable.push(pid);
    for (const inode of held) addHolder(holders.pids, inode, pid);
    const namespace = inodeOf(readLink(`${root}/${member}/ns/net`), "net:[");
    if (namespace === undefined) continue;
    const members = holders.namespaces.get(namespace);
    if (members === undefined) holders.namespaces.set(namespace, [member]);
    else members.push(member);
  }
  return holders;
}

/** The sockets of a process whose first thread shows none, through the first of its others that does. */
function readThroughTask(root: string, pid: number): [member: string, held: Held] {
  let seen: Held = "none";
  for (const task of otherTasks(root, pid)) {
    const held = readSockets(`${root}/${task}/fd`);
    if (held !== "none" && held !== "denied") return [task, held];
    if (held === "denied") seen = held;
  }
  return [String(pid), seen];
}

/** The number in a link of the form `kind:[number]` (proc_pid_fd(5), namespaces(7)). */
export function inodeOf(link: string | undefined, prefix: "socket:[" | "net:[" | "pid:["): number | undefined {
  if (link === undefined || !link.startsWith(prefix) || !link.endsWith("]")) return undefined;
  const inode = Number(link.slice(prefix.length, -1));
  return Number.isSafeInteger(inode) ? inode : undefined;
}

/** The inode numbers of the sockets in a descriptor table; `none` where it has no descriptors or is gone. */
type Held = number[] | "none" | "denied";

/**
 * The inode numbers of the sockets among the descriptors in `folder`. Listing them and following them are permitted
 * apart: a process with more capabilities than the reader can be listed only (ptrace(2), PTRACE_MODE_READ_FSCREDS).
 */
export function readSockets(folder: string): Held {
  const inodes: number[] = [];
  let descriptors: string[];
  try {
    descriptors = readdirSync(folder);
  } catch (error) {
    return refusalOf(error) === "gone" ? "none" : "denied";
  }
  if (descriptors.length === 0) return "none";
  for (const descriptor of descriptors) {
    try {
      const inode = inodeOf(readlinkSync(`${folder}/${descriptor}`), "socket:[");
      if (inode !== undefined) inodes.push(inode);
    } catch (error) {
      if (refusalOf(error) === "denied") return "denied";
    }
  }
  return inodes;
}

/** Whether what may not be looked into holds nothing by itself: kernel threads, and threads that have ended. */
function hasEnded(stat: string): boolean {
  const fields = parseStat(readText(stat) ?? "");
  return fields === undefined || fields.kernelThread || fields.state === "Z" || fields.state === "X";
}

/** Adds `pid` to the holders of socket `inode`. Pids come in ascending order, so a repeated one is the last. */
export function addHolder(pids: Map<number, number[]>, inode: number, pid: number): void {
  const known = pids.get(inode);
  if (known === undefined) pids.set(inode, [pid]);
  else if (known[known.length - 1] !== pid) known.push(pid);
}
