import { Cache } from "../cache.ts";
import type { Connection } from "../connection.ts";
import { HOUR } from "../hours.ts";
import type { Increment } from "./increments.ts";

/** How many usages are remembered with the hour up to which they are summed up. */
const REMEMBERED = 16_384;

/** Behaviour by the hour. */
export class Hourly {
  readonly #connection: Connection;
  readonly #summed = new Cache<number, number>(REMEMBERED);

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  write(increments: Iterable<Increment>): void {
    for (const increment of increments) {
      const { usage, hour, flows, failed, bytesIn, bytesOut, first, last } = increment;
      const summed = this.#summed.get(usage) ?? this.#connection.number(SUMMED, usage);
      if (hour > summed) this.#sumUp(usage, summed, hour);
      // A straggler: its hour is in the sum already.
      if (hour < summed) this.#add(usage, { ...increment, first: hour * HOUR + first, last: hour * HOUR + last });
      this.#summed.set(usage, Math.max(hour, summed));
      this.#connection.run(UPSERT, hour, usage, flows, failed, bytesIn, bytesOut, first, last);
    }
  }

  clear(): void {
    this.#summed.clear();
  }

  /** Adds the hours from `summed` on and before `hour` to the usage's sum. */
  #sumUp(usage: number, summed: number, hour: number): void {
    const sum = this.#connection.one<Sum>(SUM, usage, summed, hour);
    if (sum && sum.first !== null) this.#add(usage, sum);
    this.#connection.run(SET_SUMMED, hour, usage);
  }

  #add(usage: number, { flows, failed, bytesIn, bytesOut, first, last }: Sum): void {
    const bytes = [bytesIn, bytesIn, bytesOut, bytesOut];
    this.#connection.run(ADD, flows, failed, ...bytes, first, first, last, last, usage);
  }
}

type Sum = Pick<Increment, "flows" | "failed" | "bytesIn" | "bytesOut"> & { first: number | null; last: number | null };

const SUMMED = "select summed from usage where id = ?";

const SET_SUMMED = "update usage set summed = ? where id = ?";

const SUM = `
  select sum(flows) as flows, sum(failed) as failed, sum(bytes_in) as bytesIn, sum(bytes_out) as bytesOut,
    min(hour * ${HOUR} + first) as first, max(hour * ${HOUR} + last) as last
  from hourly where usage = ? and hour >= ? and hour < ?`;

/** Of known and unknown, the known. */
const ADD = `
  update usage set
    flows = flows + ?,
    failed = failed + ?,
    bytes_in = coalesce(bytes_in + ?, ?, bytes_in),
    bytes_out = coalesce(bytes_out + ?, ?, bytes_out),
    first = min(coalesce(first, ?), ?),
    last = max(coalesce(last, ?), ?)
  where id = ?`;

const UPSERT = `
  insert into hourly (hour, usage, flows, failed, bytes_in, bytes_out, first, last) values (?, ?, ?, ?, ?, ?, ?, ?)
  on conflict do update set
    flows = flows + excluded.flows,
    failed = failed + excluded.failed,
    bytes_in = coalesce(bytes_in + excluded.bytes_in, excluded.bytes_in, bytes_in),
    bytes_out = coalesce(bytes_out + excluded.bytes_out, excluded.bytes_out, bytes_out),
    first = min(first, excluded.first),
    last = max(last, excluded.last)`;
