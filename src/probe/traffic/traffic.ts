import { Ceiling } from "./ceiling.ts";
import { Pace } from "./pace.ts";

/** What is sent at once where nothing else limits it. */
const BATCH = 256;

/**
 * How much may be sent: to another machine at a pace that adapts, to this one as fast as it goes, and in either case no
 * faster than the ceiling that was asked for. Times are milliseconds.
 */
export class Traffic {
  readonly #pace: Pace | undefined;
  readonly #ceiling: Ceiling | undefined;
  #losses = 0;

  constructor({ local, rate, now }: { local: boolean; rate?: number | undefined; now: number }) {
    this.#pace = local ? undefined : new Pace(now);
    this.#ceiling = rate === undefined ? undefined : new Ceiling(rate, now);
  }

  /** How many packets may be sent now. */
  allowance(now: number): number {
    const pace = this.#pace?.allowance(now) ?? BATCH;
    return Math.min(pace, this.#ceiling?.allowance(now) ?? BATCH, BATCH);
  }

  /** When the next may be sent. */
  next(now: number): number {
    return Math.max(this.#pace?.next(now) ?? now, this.#ceiling?.next(now) ?? now);
  }

  sent(count = 1): void {
    this.#pace?.sent(count);
    this.#ceiling?.sent(count);
  }

  answered(): void {
    this.#pace?.answered();
  }

  /** A later try was answered where an earlier one, sent at `sentAt`, was not. */
  lost(sentAt: number, now: number): void {
    this.#losses++;
    this.#pace?.lost(sentAt, now);
  }

  /** How many losses were told so far. */
  get losses(): number {
    return this.#losses;
  }
}
