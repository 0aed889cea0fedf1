import type { GapEvent } from "../../../../model/event.ts";
import type { Micros } from "../../../../model/time.ts";
import { LOST_REASON, RECORD_KIND } from "../records.gen.ts";

/** What each counter of the kernel side means to a reader. */
const REASONS: Record<number, string> = {
  [RECORD_KIND.RECORD_LISTEN]: "the ring buffer was full: listeners were lost",
  [RECORD_KIND.RECORD_UNLISTEN]: "the ring buffer was full: closings of listeners were lost",
  [RECORD_KIND.RECORD_FLOW]: "the ring buffer was full: connections were lost",
  [RECORD_KIND.RECORD_ACCEPT]: "the ring buffer was full: owners of accepted connections were lost",
  [RECORD_KIND.RECORD_BIND_FAILED]: "the ring buffer was full, or an address could not be read: failed binds were lost",
  [RECORD_KIND.RECORD_CONNECT_FAILED]: "the ring buffer was full: failed connects were lost",
  [RECORD_KIND.RECORD_UDP_CLOSE]: "the ring buffer was full: closings of UDP sockets were lost",
  [RECORD_KIND.RECORD_DNS]: "the ring buffer was full: names were lost",
  [RECORD_KIND.RECORD_EXEC]: "the ring buffer was full: executables of processes were lost",
  [RECORD_KIND.RECORD_FORK]: "the ring buffer was full: starts of processes were lost",
  [RECORD_KIND.RECORD_EXIT]: "the ring buffer was full: ends of processes were lost",
  [LOST_REASON.LOST_ENDS]: "the ring buffer was full: ends of connections were lost, with their last bytes",
  [LOST_REASON.LOST_UDP]: "the table of UDP peers was full: datagrams were lost",
  [LOST_REASON.LOST_TRACK]: "the table of connections was full, or the kernel had no memory: connections were lost",
  [LOST_REASON.LOST_SCOPE]: "the table of processes was full: some may have been missed",
};

/** Turns the counters of each sweep into gaps over the time since the sweep before. */
export class Losses {
  #before: readonly number[] = [];
  #since: Micros;

  constructor(since: Micros) {
    this.#since = since;
  }

  /** One gap for each reason that grew. */
  update(lost: readonly number[], now: Micros): GapEvent[] {
    const gaps: GapEvent[] = [];
    lost.forEach((count, reason) => {
      const more = count - (this.#before[reason] ?? 0);
      const text = REASONS[reason] ?? `lost for reason ${reason}`;
      if (more > 0)
        gaps.push({ kind: "gap", at: now, gap: { from: this.#since, until: now, reason: text, lost: more } });
    });
    this.#before = lost;
    this.#since = now;
    return gaps;
  }
}
