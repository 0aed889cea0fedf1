import { type Process, type ProcessKey, processKey } from "../../model/process.ts";

/** What the machine tells beside the events. */
export type Machine = {
  /** The process that has this pid now, with what tells where it belongs; undefined where none has. */
  look(pid: number): Process | undefined;
  /** What a person calls the application of a socket that all of these hold. */
  applicationOf(processes: readonly Process[]): string | undefined;
};

/** Whoever holds a socket. The list of one process is always the same, and so is the process in it. */
export type Owner = { processes: Process[]; application?: string };

/** Ended processes that are kept in mind, since their sockets may close later. */
const KEPT = 20_000;

/** Knows processes by what a collector tells of them, and looks at each once when it first uses a port. */
export class Owners {
  readonly #machine: Machine;
  readonly #told = new Map<string, Process>();
  readonly #living = new Map<number, ProcessKey>();
  readonly #used = new Map<string, Owner>();
  readonly #introduced = new Set<string>();
  readonly #ended = new Set<string>();

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** A process came, or became another program: then it is looked at again. */
  told(process: Process): void {
    const key = processKey(process);
    const before = this.#told.get(key);
    if (before !== undefined && isOther(before, process))
      for (const each of [this.#used, this.#introduced]) each.delete(key);
    this.#told.set(key, before === undefined ? process : { ...before, ...process });
    this.#living.set(process.pid, process);
  }

  /** Whether this is the first time that anybody hears of `process`. */
  introduce(process: ProcessKey): boolean {
    const before = this.#introduced.size;
    return this.#introduced.add(processKey(process)).size > before;
  }

  /** A process ended: who it was, where anybody has heard of it. */
  ended(process: ProcessKey): Owner | undefined {
    const key = processKey(process);
    if (this.#living.get(process.pid)?.startedAt === process.startedAt) this.#living.delete(process.pid);
    if (this.#ended.has(key)) return undefined;
    this.#ended.add(key);
    if (this.#ended.size > KEPT) this.#forgetOldest();
    return this.#introduced.has(key) ? this.#used.get(key) : undefined;
  }

  /** Who `process` is. */
  of(process: ProcessKey): Owner {
    const key = processKey(process);
    const known = this.#used.get(key);
    if (known !== undefined) return known;
    const owner = this.#owner([this.#describe(process, this.#told.get(key))]);
    this.#used.set(key, owner);
    return owner;
  }

  /** All of these processes, of which at least one lives; undefined where none is known. */
  together(pids: readonly number[]): Owner | undefined {
    const processes = pids.flatMap((pid) => {
      const key = this.#living.get(pid) ?? this.#machine.look(pid);
      return key === undefined ? [] : this.of(key).processes;
    });
    return processes.length === 0 ? undefined : this.#owner(processes);
  }

  #owner(processes: Process[]): Owner {
    const application = this.#machine.applicationOf(processes);
    return application === undefined ? { processes } : { processes, application };
  }

  /** Where it belongs is looked up: what was told then is what its parent belonged to. */
  #describe(key: ProcessKey, told: Process | undefined): Process {
    const now = this.#machine.look(key.pid);
    if (now?.startedAt !== key.startedAt) return told ?? { ...key, name: "?" };
    if (told === undefined) return now;
    const { unit: _, container: __, ...kept } = told;
    return { ...kept, ...now };
  }

  #forgetOldest(): void {
    const oldest = this.#ended.values().next();
    if (oldest.done) return;
    for (const each of [this.#ended, this.#told, this.#used, this.#introduced]) each.delete(oldest.value);
  }
}

function isOther(before: Process, now: Process): boolean {
  return before.executable !== now.executable || before.name !== now.name || before.uid !== now.uid;
}
