import type { Protocol } from "../../model/endpoint.ts";
import type { HourlyRecord, Use } from "../../model/record.ts";
import type { Micros } from "../../model/time.ts";
import { SPANS } from "./limits.ts";
import { beginOf, hourOf, type Moment } from "./moment.ts";
import { UsageIndex, type UsageState } from "./usage-index.ts";

export type { UsageState } from "./usage-index.ts";

/** What each usage adds to each hour. */
export class Usages {
  readonly #index: UsageIndex;
  /** Usages of which something is open, the one that was touched longest ago first. */
  readonly #open = new Set<UsageState>();
  #rows: HourlyRecord[] = [];
  #changed: UsageState[] = [];

  constructor(limit: number) {
    this.#index = new UsageIndex(limit);
  }

  of(application: string, use: Use, protocol: Protocol, port: number, peer: string | undefined): UsageState {
    return this.#index.of(application, use, protocol, port, peer);
  }

  /** A flow began, or a listener opened. */
  began(state: UsageState, at: Micros): void {
    this.#row(state, at).flows++;
  }

  /** An attempt never came to be. */
  failed(state: UsageState, at: Micros): void {
    this.#row(state, at).failed++;
  }

  /** It was in use; bytes are what was added, absent where they were not counted. */
  used(state: UsageState, at: Micros, bytesIn?: number, bytesOut?: number): void {
    const row = this.#row(state, at);
    if (bytesIn !== undefined) row.bytesIn = (row.bytesIn ?? 0) + bytesIn;
    if (bytesOut !== undefined) row.bytesOut = (row.bytesOut ?? 0) + bytesOut;
  }

  /** Something of it stays open from now on: it is in use in every hour until `closed`. */
  opened(state: UsageState, now: Moment): void {
    state.open++;
    if (state.open > 1) return;
    state.hour = hourOf(now.wall);
    state.touched = now.steady;
    this.#open.add(state);
  }

  closed(state: UsageState, at: Micros): void {
    this.#touch(state, at);
    state.open--;
    if (state.open === 0) this.#open.delete(state);
  }

  /** What was added since the last call. `last`: nothing follows, so whatever is open is said to be in use until now. */
  take(now: Moment, last: boolean): HourlyRecord[] {
    const due: UsageState[] = [];
    for (const state of this.#open) {
      if (!last && state.touched > now.steady - SPANS.touch) break;
      due.push(state);
    }
    for (const state of due) {
      this.#touch(state, now.wall);
      state.touched = now.steady;
      this.#open.delete(state);
      this.#open.add(state);
    }
    const rows = this.#rows;
    for (const state of this.#changed) {
      state.row = undefined;
      state.other = undefined;
    }
    this.#rows = [];
    this.#changed = [];
    return rows;
  }

  /** It is open, and so it was all the time since it was touched last. */
  #touch(state: UsageState, at: Micros): void {
    const hour = hourOf(at);
    if (hour === state.hour + 1) {
      this.#row(state, beginOf(hour) - 1);
      this.#row(state, beginOf(hour));
    }
    this.#row(state, at);
    state.hour = hour;
  }

  /** The row of the hour of `at`, in which it is in use at that moment. */
  #row(state: UsageState, at: Micros): HourlyRecord {
    let row = state.row;
    // Times are compared first: most events come within the span that the row has already.
    if (row !== undefined && at >= row.first && at <= row.last) return row;
    const hour = hourOf(at);
    if (row?.hour !== hour) row = this.#turn(state, hour, at);
    if (at < row.first) row.first = at;
    if (at > row.last) row.last = at;
    return row;
  }

  /** Around a full hour events of both come mixed. */
  #turn(state: UsageState, hour: number, at: Micros): HourlyRecord {
    const { row, other } = state;
    state.other = row;
    if (other?.hour === hour) {
      state.row = other;
      return other;
    }
    if (row === undefined) this.#changed.push(state);
    const fresh: HourlyRecord = { hour, usage: state.usage, flows: 0, failed: 0, first: at, last: at };
    this.#rows.push(fresh);
    state.row = fresh;
    return fresh;
  }
}
