import { type Mark, PHASES } from "../../model/mark.ts";
import type { Micros } from "../../model/time.ts";

/** Nothing new for so long ends the start-up, in microseconds. */
const SETTLED = 5_000_000;

/** Which function of the application was exercised when. */
export class Timeline {
  readonly #marks: Mark[] = [];
  readonly #before = {
    startUp: { at: Number.NEGATIVE_INFINITY, feature: PHASES.startUp },
    idle: { at: Number.NEGATIVE_INFINITY, feature: PHASES.idle },
  };
  #marked = false;
  #latestNew: Micros | undefined;
  #idleFrom: Micros | undefined;
  #wasIdle = false;

  /** Whether anybody named a function: without that there is nothing to tell apart. */
  get marked(): boolean {
    return this.#marked;
  }

  /** A person or a program names what is exercised from now on. */
  mark(mark: Mark): void {
    this.#marked = true;
    this.#add(mark);
  }

  /** The application is told to end. */
  shutdown(at: Micros): void {
    this.#add({ at, feature: PHASES.shutdown });
  }

  /** Something was seen that was not seen before: a process, a port, a peer. */
  sawNew(at: Micros): void {
    if (this.#idleFrom !== undefined) return;
    if (this.#latestNew !== undefined && at - this.#latestNew >= SETTLED) this.#idleFrom = this.#latestNew + SETTLED;
    else if (this.#latestNew === undefined || at > this.#latestNew) this.#latestNew = at;
  }

  /** Every mark, with one for the start-up, and one for the rest after it where something happened then. */
  get marks(): readonly Mark[] {
    return [this.#before.startUp, ...(this.#wasIdle ? [this.#before.idle] : []), ...this.#marks];
  }

  /** What was exercised at that moment: the same object for the same mark. */
  at(moment: Micros): Mark {
    const mark = this.#marks.findLast(({ at }) => at <= moment);
    if (mark !== undefined) return mark;
    const quiet = this.#idleFrom ?? (this.#latestNew ?? moment) + SETTLED;
    if (moment < quiet) return this.#before.startUp;
    this.#wasIdle = true;
    return this.#before.idle;
  }

  /** Clocks may be set back: the list stays in order all the same. */
  #add(mark: Mark): void {
    const after = this.#marks.findLastIndex(({ at }) => at <= mark.at) + 1;
    this.#marks.splice(after, 0, mark);
  }
}
