import type { Micros } from "../../../model/time.ts";
import type { Connection } from "../connection.ts";
import { LONG } from "../long.ts";

/** How many flows one step looks at. */
const STEP = 2000;

/** Removes single flows, the oldest first. */
export class OldFlows {
  readonly #connection: Connection;
  /** From when on single flows are kept. */
  #from: Micros;
  /** Up to which start short flows were looked at. */
  #swept: Micros;
  /** Before which end all flows are gone, as far as this writer knows. */
  #gone = Number.NEGATIVE_INFINITY;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#from = connection.number("select flows_from from state");
    this.#swept = connection.number("select swept from state");
  }

  get from(): Micros {
    return this.#from;
  }

  /**
   * A batch until `until` was written, with flows that began at `earliest` or later. Where the clock was set back they lie
   * before what was looked at; where it was set back far, also before the time from which on flows were kept.
   */
  written(earliest: Micros, until: Micros): void {
    if (earliest < this.#swept) this.#moveTo(earliest);
    if (until >= this.#from) return;
    this.#keepFrom(Math.min(earliest, until));
    this.#gone = Number.NEGATIVE_INFINITY;
  }

  /** Step by step, removes the flows that ended before `cutoff`. */
  *before(cutoff: Micros): Generator<void> {
    if (cutoff <= this.#gone) return;
    if (cutoff > this.#from) this.#keepFrom(cutoff);
    for (;;) {
      const last = this.#connection.number(LAST, this.#swept, cutoff, STEP);
      if (last === 0) break;
      this.#removed(this.#connection.run(DELETE, this.#swept, last, cutoff));
      this.#moveTo(last + 1);
      yield;
    }
    // Those that went on for a while may have ended since; long ones are found by their index.
    this.#moveTo(Math.min(this.#swept, cutoff - LONG));
    for (let removed = STEP; removed === STEP; ) {
      removed = this.#connection.run(DELETE_LONG, cutoff, STEP);
      this.#removed(removed);
      yield;
    }
    this.#gone = cutoff;
  }

  /** A cutoff that removes about `count` flows, or all that ended; nothing where none is left. */
  cutoffFor(count: number): Micros | undefined {
    const cutoff = this.#connection.number(NTH, this.#swept, count) || this.#connection.number(AFTER_LAST);
    return cutoff > this.#gone ? cutoff : undefined;
  }

  #keepFrom(from: Micros): void {
    this.#from = from;
    this.#connection.run("update state set flows_from = ?", from);
  }

  #moveTo(swept: Micros): void {
    this.#swept = swept;
    this.#connection.run("update state set swept = ?", swept);
  }

  #removed(count: number): void {
    if (count > 0) this.#connection.run("update state set removed = removed + ?", count);
  }
}

const LAST = "select max(id) from (select id from flow where id >= ? and id < ? order by id limit ?)";

const DELETE = "delete from flow where id between ? and ? and id + lasted < ?";

const DELETE_LONG = `
  delete from flow where id in (
    select id from flow indexed by flow_long where lasted >= ${LONG} and id + lasted < ? limit ?
  )`;

const AFTER_LAST = "select max(id) + 1 from flow";

const NTH = "select id from flow where id >= ? order by id limit 1 offset ?";
