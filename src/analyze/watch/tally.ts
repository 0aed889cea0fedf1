import { type Change, isSocketChange } from "../../model/change.ts";
import type { Gap } from "../../model/gap.ts";

/** What a watch came to so far. */
export type Tally = {
  /** Listeners, connections and exchanges: found open, come to be since, and ended. */
  readonly found: number;
  readonly opened: number;
  readonly closed: number;
  /** Attempts and binds that came to nothing. */
  readonly failed: number;
  /** What may have been missed, one gap for each reason: from its first to its last time, the losses added up. */
  readonly gaps: readonly Gap[];
};

/** Counts changes. */
export class Tallying implements Tally {
  found = 0;
  opened = 0;
  closed = 0;
  failed = 0;
  readonly #gaps = new Map<string, Gap>();

  get gaps(): Gap[] {
    return [...this.#gaps.values()];
  }

  add(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.event === "gap") this.#gap(change.gap);
      else if (isSocketChange(change)) this.#socket(change.event, change.socket.state);
    }
  }

  #gap(gap: Gap): void {
    const before = this.#gaps.get(gap.reason);
    const lost = before?.lost === undefined ? gap.lost : before.lost + (gap.lost ?? 0);
    this.#gaps.set(gap.reason, {
      from: Math.min(before?.from ?? gap.from, gap.from),
      until: Math.max(before?.until ?? gap.until, gap.until),
      reason: gap.reason,
      ...(lost !== undefined && { lost }),
    });
  }

  #socket(event: string, state: string): void {
    if (event === "open") this.found++;
    else if (event === "listen" || event === "outbound" || event === "inbound") this.opened++;
    else if (event === "failed" || event === "bind-failed") this.failed++;
    // What ends while it is being tried never came to be.
    else if (event === "close" && state !== "SYN_SENT") this.closed++;
  }
}
