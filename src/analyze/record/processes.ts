import type { ExitEvent, ProcessEvent } from "../../model/event.ts";
import type { Gap } from "../../model/gap.ts";
import { afterExec, type Process, type ProcessKey, processKey } from "../../model/process.ts";
import type { RecordedProcess } from "../../model/record.ts";
import type { Micros } from "../../model/time.ts";
import type { Limits } from "./limits.ts";
import { Overflow } from "./overflow.ts";

/** Adds to a process what only the machine knows, above all the application that it belongs to. */
export type Identify = (process: Process) => RecordedProcess;

/** What stands for the application of a process that nobody was told about. */
export const UNKNOWN = "unknown";

type Known = {
  process: Process;
  /** What was said of it when it last used a port as the program that it is now. */
  recorded: RecordedProcess | undefined;
  endedAt: Micros | undefined;
};

/** Every process that lives, and those that ended lately; told of are only those that use a port. */
export class Processes {
  readonly #limits: Limits;
  readonly #identify: Identify;
  readonly #living = new Map<number, Known>();
  readonly #ended = new Map<string, Known>();
  #users: RecordedProcess[] = [];
  #exits: { process: ProcessKey; at: Micros }[] = [];
  readonly #overflow = new Overflow("more processes than are kept in mind: applications of later ones are unknown");

  constructor(limits: Limits, identify: Identify) {
    this.#limits = limits;
    this.#identify = identify;
  }

  add({ process, at }: ProcessEvent): void {
    const known = this.#living.get(process.pid);
    if (known !== undefined && known.process.startedAt === process.startedAt) {
      const before = known.process;
      known.process = afterExec(before, process);
      if (isAnother(before, process)) known.recorded = undefined;
      return;
    }
    // Its end was not told.
    if (known !== undefined) this.#end(known, at);
    if (this.#living.size >= this.#limits.processes) this.#overflow.count(at);
    else this.#living.set(process.pid, { process, recorded: undefined, endedAt: undefined });
  }

  exit({ process, at }: ExitEvent): void {
    const known = this.#living.get(process.pid);
    if (known?.process.startedAt === process.startedAt) this.#end(known, at);
  }

  /** The application of the process that uses a port now. */
  application(key: ProcessKey): string {
    const living = this.#living.get(key.pid);
    const known = living?.process.startedAt === key.startedAt ? living : this.#ended.get(processKey(key));
    if (known === undefined) return UNKNOWN;
    known.recorded ??= this.#record(known);
    return known.recorded.application;
  }

  /** The living process that has `pid`. */
  withPid(pid: number): ProcessKey | undefined {
    return this.#living.get(pid)?.process;
  }

  /** The processes that used a port since the last call for the first time, and those that ended. */
  take(): { processes: RecordedProcess[]; exits: { process: ProcessKey; at: Micros }[]; gaps: Gap[] } {
    const taken = { processes: this.#users, exits: this.#exits, gaps: this.#overflow.take() };
    this.#users = [];
    this.#exits = [];
    return taken;
  }

  #record(known: Known): RecordedProcess {
    const recorded = this.#identify(known.process);
    if (known.endedAt !== undefined) recorded.endedAt = known.endedAt;
    this.#users.push(recorded);
    return recorded;
  }

  #end(known: Known, at: Micros): void {
    const { pid, startedAt } = known.process;
    this.#living.delete(pid);
    known.endedAt = at;
    this.#ended.set(processKey(known.process), known);
    if (known.recorded !== undefined) this.#exits.push({ process: { pid, startedAt }, at });
    if (this.#ended.size <= this.#limits.ended) return;
    const oldest = this.#ended.keys().next();
    if (!oldest.done) this.#ended.delete(oldest.value);
  }
}

/** Whether a process became another program, and not only changed its name. */
function isAnother(before: Process, now: Process): boolean {
  return before.executable !== now.executable || before.arguments?.join("\0") !== now.arguments?.join("\0");
}
