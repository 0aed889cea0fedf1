import type { CollectorEvent } from "../../model/event.ts";
import type { Gap } from "../../model/gap.ts";
import type { Capture } from "../../model/interfaces.ts";
import type { Micros } from "../../model/time.ts";

/** How often it is said that something may be missed all the time, in microseconds. */
const INTERVAL = 3_600_000_000;

/**
 * Reasons that hold for as long as a capture lasts. A recorder lasts for months, and may be killed: it says so every hour,
 * and not at its end.
 */
export class Standing {
  readonly #capture: Capture;
  #since: Micros;

  constructor(capture: Capture, since: Micros) {
    this.#capture = capture;
    this.#since = since;
  }

  /** The gaps that are due; with `last` those that are left. */
  take(now: Micros, last: boolean): Gap[] {
    const from = this.#since;
    if (!last && Math.abs(now - from) < INTERVAL) return [];
    this.#since = now;
    return (this.#capture.standing?.() ?? []).map((reason) => ({ from: Math.min(from, now), until: now, reason }));
  }

  /** Whether an event, told as the capture closes, says of all of its time what was said hour by hour. */
  isSaid(event: CollectorEvent): boolean {
    return event.kind === "gap" && (this.#capture.standing?.() ?? []).includes(event.gap.reason);
  }
}
