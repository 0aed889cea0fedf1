import type { Gap } from "../../model/gap.ts";
import type { Micros } from "../../model/time.ts";

/**
 * How much a profile keeps. Memory follows what an application does, not how often, and a program that scans the
 * whole network must not exhaust it either; what goes beyond is counted and becomes a gap.
 */
export const LIMITS = {
  listens: 100_000,
  connects: 100_000,
  processes: 100_000,
  failedBinds: 10_000,
  gaps: 1_000,
  /** DNS: addresses, and names for one address. */
  addresses: 100_000,
  namesPerAddress: 16,
  /** For one listen or connect. */
  peers: 10_000,
  pids: 100_000,
  candidates: 1_000,
  callers: 64,
  marks: 10_000,
};

export type Limits = typeof LIMITS;

/** Counts what went beyond a limit, and tells it as a gap. */
export class Overflow {
  readonly #reason: string;
  #from: Micros = 0;
  #until: Micros = 0;
  #lost = 0;

  constructor(reason: string) {
    this.#reason = reason;
  }

  count(at: Micros): void {
    if (this.#lost === 0) this.#from = at;
    this.#lost++;
    this.#until = Math.max(this.#until, at);
  }

  get lost(): number {
    return this.#lost;
  }

  /** The gap, or nothing when the limit held. */
  gaps(): Gap[] {
    if (this.#lost === 0) return [];
    return [{ from: this.#from, until: this.#until, reason: this.#reason, lost: this.#lost }];
  }
}
