import type { Process } from "../../../model/process.ts";
import type { Micros } from "../../../model/time.ts";
import { type Containers, createContainers } from "../containers/containers.ts";
import { bootTicksToMicros, readBootTime } from "./boot-time.ts";
import { type Membership, parseMembership } from "./cgroup.ts";
import { COMMAND_LINE_BYTES, parseCommandLine } from "./command-line.ts";
import { parseModules } from "./modules.ts";
import { readLink, readStart, readText } from "./proc-file.ts";
import { parseStat, type Stat } from "./stat.ts";
import { parseUid } from "./status.ts";
import { livingTask } from "./tasks.ts";
import { readUsers } from "./users.ts";

/** How far up the chain of parents is followed. */
const GENERATIONS = 16;

/** Reads processes of one /proc; keeps what does not change (boot time, users) and nothing about processes. */
export type ProcessReader = {
  /** When the machine booted, as this reader took it once; all starts are counted from there. */
  readonly bootTime: Micros;
  /** /proc/PID/stat. Absent when the process is gone. */
  stat(pid: number): Stat | undefined;
  /** Everything that may be known about a process now. Absent when it is gone. */
  read(pid: number, options?: ReadOptions): Process | undefined;
};

export type ReadOptions = {
  /** Also the modules, which costs more than all the rest. */
  verbose?: boolean;
  /** Without arguments and parents, which takes half of the time. */
  brief?: boolean;
  /** Stats already read in the same moment, shared so that each parent is read once. */
  stats?: Map<number, Stat | undefined>;
};

/** A reader for the /proc at `root`. Throws when `root` is no /proc. */
export function createProcessReader(root: string): ProcessReader {
  const bootTime = readBootTime(root);
  const stat = (pid: number) => parseStat(readText(`${root}/${pid}/stat`) ?? "");
  const containers = createContainers(root);
  let users: Map<number, string> | undefined;
  const userOf = (uid: number) => {
    users ??= readUsers(root);
    return users.get(uid);
  };
  const read = (pid: number, options: ReadOptions = {}): Process | undefined => {
    const stats = options.stats ?? new Map<number, Stat | undefined>();
    const own = remember(stats, pid, stat);
    if (own === undefined) return undefined;
    const task = own.state === "Z" ? livingTask(root, pid) : undefined;
    const folder = `${root}/${task?.folder ?? pid}`;
    const process: Process = {
      pid,
      startedAt: bootTicksToMicros(bootTime, own.startTicks),
      name: own.name,
      ...withNames(parseMembership(readText(`${folder}/cgroup`) ?? ""), containers),
    };
    const executable = readLink(`${folder}/exe`);
    if (executable) process.executable = executable;
    const uid = parseUid(readText(`${folder}/status`) ?? "");
    if (uid !== undefined) process.uid = uid;
    const user = uid === undefined ? undefined : userOf(uid);
    if (user !== undefined) process.user = user;
    if (options.brief) return process;
    const line = readStart(`${folder}/cmdline`, COMMAND_LINE_BYTES);
    const words = line && parseCommandLine(line.text, line.cut);
    if (words) process.arguments = words;
    const parents = parentsOf(own, (parent) => remember(stats, parent, stat));
    if (parents.length > 0) process.parents = parents;
    const maps = options.verbose ? readText(`${folder}/maps`) : undefined;
    if (maps !== undefined) process.modules = parseModules(maps);
    return process;
  };
  return { bootTime, stat, read };
}

/** The container by the name that its engine gave it, where a file tells that. */
function withNames(membership: Membership, containers: Containers): Membership & { image?: string } {
  const named = membership.container === undefined ? undefined : containers.of(membership.container);
  if (named === undefined) return membership;
  const { name, image } = named;
  return { ...membership, ...(name !== undefined && { container: name }), ...(image !== undefined && { image }) };
}

const readers = new Map<string, ProcessReader>();

/**
 * Everything that may be known now about process `pid` in the /proc at `root`; `verbose` adds modules. Absent when the
 * process is gone. Boot time and users are read once per `root` and kept.
 */
export function readProcess(root: string, pid: number, options: { verbose?: boolean } = {}): Process | undefined {
  let reader = readers.get(root);
  if (reader === undefined) {
    reader = createProcessReader(root);
    readers.set(root, reader);
  }
  return reader.read(pid, options);
}

function parentsOf(own: Stat, stat: (pid: number) => Stat | undefined): { pid: number; name: string }[] {
  const parents: { pid: number; name: string }[] = [];
  let pid = own.parent;
  while (pid > 0 && parents.length < GENERATIONS) {
    const parent = stat(pid);
    if (parent === undefined) break;
    parents.push({ pid, name: parent.name });
    pid = parent.parent;
  }
  return parents;
}

function remember<V>(known: Map<number, V>, key: number, learn: (key: number) => V): V {
  const value = known.get(key);
  if (value !== undefined) return value;
  const learned = learn(key);
  known.set(key, learned);
  return learned;
}
