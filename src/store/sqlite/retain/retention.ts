import type { Retention } from "../../../model/record.ts";
import type { Micros } from "../../../model/time.ts";
import type { Connection } from "../connection.ts";
import { HOUR, hourOf } from "../hours.ts";
import type { Batches } from "../write/batch.ts";
import { OldFlows } from "./old-flows.ts";
import { OldHours } from "./old-hours.ts";
import { oldNotes } from "./old-notes.ts";
import { giveBack, usedBytes } from "./space.ts";
import { type Kept, ranges, unneeded } from "./unneeded.ts";

/** Ages are cut off at full minutes, so that not every call finds a few flows. */
const MINUTE = 60_000_000;
/** What a flow takes on disk, in bytes, to estimate how many have to go. */
const FLOW = 32;
/** Where the file is too large, at least this share of it goes at once, and at most so many flows. */
const SHARE = 0.01;
const MOST = 100_000;

/** Keeps a record within its retention, one small transaction after the other. */
export class Retaining {
  readonly #connection: Connection;
  readonly #batches: Batches;
  /** The hour in which this recorder began: what it was told of since it expects to be known. */
  readonly #life: number;
  #flows: OldFlows;
  #hours: OldHours;
  /** From which hours on what was kept when unneeded rows were last looked for. */
  #looked: Kept = { flows: 0, usage: 0 };
  #steps: Generator<void> | undefined;

  constructor(connection: Connection, batches: Batches, startedAt: Micros) {
    this.#connection = connection;
    this.#batches = batches;
    this.#life = hourOf(startedAt);
    this.#flows = new OldFlows(connection);
    this.#hours = new OldHours(connection);
  }

  /** A batch until `until` was written, with flows that began at `earliest` or later. */
  written(earliest: Micros, until: Micros): void {
    // With the clock set back so far, the steps at hand are about another time.
    if (until < this.#flows.from) this.#steps = undefined;
    this.#flows.written(earliest, until);
    this.#hours.written(hourOf(until));
  }

  /** Forgets how far it came: a transaction came to nothing. */
  restart(): void {
    this.#flows = new OldFlows(this.#connection);
    this.#hours = new OldHours(this.#connection);
    this.#looked = { flows: 0, usage: 0 };
    this.#steps = undefined;
  }

  /** Does the next step, within a transaction. Answers whether that was the last one. */
  step(retention: Retention, now: Micros): boolean {
    this.#steps ??= this.#cycle(retention, now);
    if (!this.#steps.next().done) return false;
    this.#steps = undefined;
    return true;
  }

  *#cycle({ flows, usage, size }: Retention, now: Micros): Generator<void> {
    const cutoff = cutoffOf(flows, now);
    const usageCutoff = cutoffOf(usage, now);
    // A flow is not kept longer than the behaviour that it belongs to.
    yield* this.#flows.before(Math.max(cutoff, usageCutoff));
    yield* this.#hours.before(hourOf(usageCutoff));
    if (size !== undefined) yield* this.#shrinkFlows(size);
    yield* this.#unneeded(now);
    if (size !== undefined) {
      yield* this.#shrinkHours(size, hourOf(now));
      yield* this.#unneeded(now);
    }
    yield* oldNotes(this.#connection, this.#hours.gone * HOUR);
    yield* giveBack(this.#connection, size);
  }

  *#shrinkFlows(size: number): Generator<void> {
    for (;;) {
      const excess = usedBytes(this.#connection) - size;
      if (excess <= 0) return;
      const count = Math.ceil(Math.max(excess, size * SHARE) / FLOW);
      const cutoff = this.#flows.cutoffFor(Math.min(count, MOST));
      if (cutoff === undefined) return;
      yield* this.#flows.before(cutoff);
    }
  }

  /** The hour that is going on stays. */
  *#shrinkHours(size: number, now: number): Generator<void> {
    while (usedBytes(this.#connection) > size) {
      const oldest = this.#hours.oldest;
      if (oldest === undefined || oldest >= now) return;
      yield* this.#flows.before((oldest + 1) * HOUR);
      yield* this.#hours.before(oldest + 1);
    }
  }

  *#unneeded(now: Micros): Generator<void> {
    const kept = { flows: hourOf(this.#flows.from), usage: this.#hours.gone };
    if (kept.flows === this.#looked.flows && kept.usage === this.#looked.usage) return;
    yield* this.#needed(kept, hourOf(now));
    for (const removed of unneeded(this.#connection, kept)) {
      if (removed > 0) this.#batches.clear();
      yield;
    }
    this.#looked = kept;
  }

  /** Notes that what is needed without a new flow is needed: by flows that are idle, and by processes of this life. */
  *#needed(kept: Kept, now: number): Generator<void> {
    let last: number | undefined = 0;
    while (last !== undefined) {
      last = this.#batches.flows.touchOpen(now, last, 200);
      yield;
    }
    for (const { from, to } of ranges(this.#connection, "process")) {
      const rows = this.#connection.all<{ id: number }>(IDLE, from, to, kept.flows, this.#life);
      for (const { id } of rows) this.#batches.touch.process(id, now);
      yield;
    }
  }
}

const IDLE = `
  select id from process where id > ? and id <= ? and touched < ? and touched >= ? and ended_at is null`;

function cutoffOf(age: Micros | undefined, now: Micros): Micros {
  return age === undefined ? 0 : Math.floor((now - age) / MINUTE) * MINUTE;
}
