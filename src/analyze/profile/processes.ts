import type { ExitEvent, ProcessEvent } from "../../model/event.ts";
import { afterExec, type Process, processKey } from "../../model/process.ts";
import type { ProfileProcess } from "../../model/profile.ts";
import { isoTime, type Micros } from "../../model/time.ts";
import { type Limits, Overflow } from "./limits.ts";

type Seen = { process: Process; endedAt: Micros | undefined };

/** Every process that was seen, as its latest event describes it. */
export class Processes {
  readonly #byKey = new Map<string, Seen>();
  /** Those whose key another process has now. */
  readonly #replaced: Seen[] = [];
  readonly #limits: Limits;
  readonly overflow = new Overflow("more processes than are kept: the later ones are counted, they are not listed");

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** How many were seen. */
  get count(): number {
    return this.#kept + this.overflow.lost;
  }

  get #kept(): number {
    return this.#byKey.size + this.#replaced.length;
  }

  /** When the oldest of them started; absent when none was seen. */
  get earliestStart(): Micros | undefined {
    let earliest: Micros | undefined;
    for (const { process } of this.#byKey.values()) {
      if (earliest === undefined || process.startedAt < earliest) earliest = process.startedAt;
    }
    return earliest;
  }

  add(event: ProcessEvent): void {
    const key = processKey(event.process);
    const seen = this.#byKey.get(key);
    // A pid may come back within the clock tick that starts are told to: then it is another process.
    const again = seen?.endedAt !== undefined && event.at > seen.endedAt;
    if (seen !== undefined && !again) seen.process = afterExec(seen.process, event.process);
    else if (this.#kept < this.#limits.processes) {
      if (seen !== undefined) this.#replaced.push(seen);
      this.#byKey.set(key, { process: event.process, endedAt: undefined });
    } else this.overflow.count(event.at);
  }

  exit(event: ExitEvent): void {
    const seen = this.#byKey.get(processKey(event.process));
    if (seen !== undefined) seen.endedAt = event.at;
  }

  /** The processes as documents state them, in the order in which they started. */
  document(): ProfileProcess[] {
    return [...this.#replaced, ...this.#byKey.values()]
      .sort((a, b) => a.process.startedAt - b.process.startedAt || a.process.pid - b.process.pid)
      .map(({ process, endedAt }) => processDocument(process, endedAt));
  }
}

function processDocument(process: Process, endedAt: Micros | undefined): ProfileProcess {
  const { pid, startedAt, name, ...rest } = process;
  return {
    pid,
    startTime: isoTime(startedAt),
    ...(endedAt === undefined ? {} : { endTime: isoTime(endedAt) }),
    name,
    ...rest,
  };
}
