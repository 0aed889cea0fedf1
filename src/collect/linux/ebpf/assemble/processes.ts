import type { ExitEvent, ProcessEvent } from "../../../../model/event.ts";
import type { Process, ProcessKey } from "../../../../model/process.ts";
import type { Micros } from "../../../../model/time.ts";
import { parseCommandLine } from "../../owners/command-line.ts";
import { EXEC_RECORD, TASK_RECORD } from "../records.gen.ts";
import type { Clock } from "./clock.ts";
import { type Fields, headAt } from "./fields.ts";

const COMM = 16; // TASK_COMM_LEN, include/linux/sched.h
/** Processes kept in mind after their end, since their sockets may close later. */
const KEPT = 20_000;

/** What the machine knows beside the records. */
export type ProcessSource = {
  /** A process as /proc tells it now. */
  read(pid: number): Process | undefined;
  userName(uid: number): string | undefined;
};

/** Follows processes by the kernel's records, so that one that lives a millisecond has its executable and arguments. */
export class Processes {
  readonly #emit: (event: ProcessEvent | ExitEvent) => void;
  readonly #source: ProcessSource;
  readonly #clock: Clock;
  readonly #known = new Map<number, Process>();
  readonly #alive = new Set<number>();

  constructor(emit: (event: ProcessEvent | ExitEvent) => void, source: ProcessSource, clock: Clock) {
    this.#emit = emit;
    this.#source = source;
    this.#clock = clock;
  }

  /** A process became another program. `length` is the record's. */
  exec(fields: Fields, offset: number, length: number): void {
    const head = headAt(fields, offset);
    const key = this.#clock.process(head.pid, head.started);
    if (!key) return;
    const start = offset + EXEC_RECORD.bytes;
    const pathEnd = start + Math.min(fields.view.getUint32(offset + EXEC_RECORD.pathLength, true), length);
    const argumentLength = fields.view.getUint32(offset + EXEC_RECORD.argumentLength, true);
    const argumentEnd = Math.min(pathEnd + argumentLength, offset + length);
    const uid = fields.view.getUint32(offset + EXEC_RECORD.uid, true);
    const executable = pathOf(
      fields.bytes.subarray(start, pathEnd),
      fields.view.getUint32(offset + EXEC_RECORD.pathCut, true) !== 0,
    );
    const words = Buffer.from(fields.bytes.subarray(pathEnd, Math.max(pathEnd, argumentEnd))).toString("utf8");
    const process = this.#complete({ ...key, name: commAt(fields, offset + EXEC_RECORD.comm), uid });
    const line = parseCommandLine(words, argumentLength >= LONGEST);
    const before = this.#known.get(head.pid);
    const parents =
      (before?.startedAt === key.startedAt ? before.parents : undefined) ??
      this.#parents(fields.view.getUint32(offset + EXEC_RECORD.parent, true));
    if (executable) process.executable = executable;
    if (line) process.arguments = line;
    if (parents.length > 0) process.parents = parents;
    this.#tell(head.at, process);
  }

  /** A process was born: until it execs it is what its parent is. */
  fork(fields: Fields, offset: number): void {
    const head = headAt(fields, offset);
    const key = this.#clock.process(head.pid, head.started);
    if (!key) return;
    const parent = fields.view.getUint32(offset + TASK_RECORD.parent, true);
    const uid = fields.view.getUint32(offset + TASK_RECORD.uid, true);
    const like = this.#living(parent);
    const process = this.#complete({ ...key, name: commAt(fields, offset + TASK_RECORD.comm), uid });
    if (like?.executable) process.executable = like.executable;
    if (like?.arguments) process.arguments = like.arguments;
    if (like?.unit) process.unit = like.unit;
    if (like?.container) process.container = like.container;
    if (like?.image) process.image = like.image;
    if (like) process.parents = [{ pid: like.pid, name: like.name }, ...(like.parents ?? [])];
    this.#tell(head.at, process);
  }

  exit(fields: Fields, offset: number): void {
    const head = headAt(fields, offset);
    const key = this.#clock.process(head.pid, head.started);
    if (!key) return;
    const name = commAt(fields, offset + TASK_RECORD.comm);
    this.#update(key, { name, uid: fields.view.getUint32(offset + TASK_RECORD.uid, true) }, this.#clock.wall(head.at));
    this.#alive.delete(head.pid);
    this.#emit({ kind: "exit", at: this.#clock.wall(head.at), process: key });
  }

  /** Looks at those that go on: a process may rename itself and change its user. */
  refresh(at: Micros): void {
    for (const pid of this.#alive) {
      const now = this.#source.read(pid);
      if (now) this.#update(now, now, at);
      else this.#alive.delete(pid); // its end was lost
    }
  }

  #update(key: ProcessKey, now: { name: string; uid?: number }, at: Micros): void {
    const known = this.#known.get(key.pid);
    if (known?.startedAt !== key.startedAt || (known.name === now.name && known.uid === (now.uid ?? known.uid))) return;
    const process = this.#complete({ ...known, ...(now.uid !== undefined && { uid: now.uid }), name: now.name });
    this.#known.set(key.pid, process);
    this.#emit({ kind: "process", at, process });
  }

  /** Makes sure that the owner of something has been told; one that was there before is read from /proc. */
  need(key: ProcessKey | undefined, at: number): void {
    if (!key || this.#known.get(key.pid)?.startedAt === key.startedAt) return;
    const process = this.#source.read(key.pid);
    if (process?.startedAt === key.startedAt) this.#tell(at, process, true);
  }

  #tell(at: number, process: Process, wall = false): void {
    this.#known.delete(process.pid);
    this.#known.set(process.pid, process);
    this.#alive.add(process.pid);
    if (this.#known.size > KEPT) this.#forgetOldest();
    this.#emit({ kind: "process", at: wall ? at : this.#clock.wall(at), process });
  }

  #forgetOldest(): void {
    const oldest = this.#known.keys().next();
    if (!oldest.done) this.#known.delete(oldest.value);
  }

  #complete(process: Process): Process {
    const user = process.uid === undefined ? undefined : this.#source.userName(process.uid);
    if (user !== undefined) process.user = user;
    else delete process.user;
    return process;
  }

  /** The process that has `pid` now: pids come back, so one that ended is another. */
  #living(pid: number): Process | undefined {
    return (this.#alive.has(pid) ? this.#known.get(pid) : undefined) ?? this.#source.read(pid);
  }

  #parents(pid: number): { pid: number; name: string }[] {
    const parent = this.#living(pid);
    return parent ? [{ pid: parent.pid, name: parent.name }, ...(parent.parents ?? [])] : [];
  }
}

/** ARGUMENT_BYTES of programs/records.h: arguments of that length were cut off. */
const LONGEST = 2048;

/** The kernel gives the components of a path leaf first, each ended by NUL; of a very long one the first are cut off. */
function pathOf(bytes: Uint8Array, cut: boolean): string | undefined {
  const components = Buffer.from(bytes).toString("utf8").split("\0");
  components.pop();
  return components.length > 0 ? `${cut ? "…" : ""}/${components.reverse().join("/")}` : undefined;
}

function commAt(fields: Fields, at: number): string {
  const bytes = fields.bytes.subarray(at, at + COMM);
  const end = bytes.indexOf(0);
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString("utf8");
}
