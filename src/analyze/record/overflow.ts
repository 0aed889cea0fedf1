import type { Gap } from "../../model/gap.ts";
import type { Micros } from "../../model/time.ts";

/** Counts what went beyond a limit since the last batch, and tells it as a gap. */
export class Overflow {
  readonly #reason: string;
  #gap: Gap | undefined;

  constructor(reason: string) {
    this.#reason = reason;
  }

  count(at: Micros): void {
    const gap = this.#gap;
    if (gap === undefined) {
      this.#gap = { from: at, until: at, reason: this.#reason, lost: 1 };
      return;
    }
    gap.from = Math.min(gap.from, at);
    gap.until = Math.max(gap.until, at);
    gap.lost = (gap.lost ?? 0) + 1;
  }

  /** The gap so far; absent where the limit held. */
  get gap(): Gap | undefined {
    return this.#gap;
  }

  /** The gap since the last call, or nothing where the limit held. */
  take(): Gap[] {
    const gap = this.#gap;
    this.#gap = undefined;
    return gap === undefined ? [] : [gap];
  }
}
