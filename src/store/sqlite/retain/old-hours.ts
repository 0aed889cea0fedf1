import type { Connection } from "../connection.ts";
import { HOUR } from "../hours.ts";

/** How many rows one step removes. */
const STEP = 500;

/** Removes hours, the oldest first, and takes them out of what usages add up to. */
export class OldHours {
  readonly #connection: Connection;
  /** Before which hour all rows are gone, as far as this writer knows. */
  gone = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** A batch until `hour` was written. Where the clock was set back, its hours lie before those that are gone. */
  written(hour: number): void {
    this.gone = Math.min(this.gone, hour);
  }

  /** The oldest hour; nothing where there is none. */
  get oldest(): number | undefined {
    return this.#connection.one<{ hour: number | null }>("select min(hour) as hour from hourly")?.hour ?? undefined;
  }

  /** Step by step, removes the hours before `hour`. */
  *before(hour: number): Generator<void> {
    if (hour <= this.gone) return;
    for (let removed = STEP; removed === STEP; ) {
      const rows = this.#connection.all<Row>(OLDEST, hour, STEP);
      for (const row of rows) {
        this.#connection.run("delete from hourly where hour = ? and usage = ?", row.hour, row.usage);
        this.#connection.runNamed(SUBTRACT, row);
      }
      removed = rows.length;
      yield;
    }
    this.gone = hour;
  }
}

type Row = {
  hour: number;
  usage: number;
  flows: number;
  failed: number;
  bytesIn: number | null;
  bytesOut: number | null;
};

const OLDEST = `
  select hour, usage, flows, failed, bytes_in as bytesIn, bytes_out as bytesOut from hourly
  where hour < ? order by hour, usage limit ?`;

/** The rows that remain in a usage's sum. */
const REMAINING = "hourly where hourly.usage = :usage and hour > :hour and hour < summed";

/** What remains of known payload; where none of it remains, it is unknown. */
const less = (column: string, value: string) => `
  case
    when ${value} is null then ${column}
    when ${column} > ${value} then ${column} - ${value}
    when exists (select 1 from ${REMAINING} and hourly.${column} is not null) then 0
  end`;

const SUBTRACT = `
  update usage set
    flows = flows - :flows,
    failed = failed - :failed,
    bytes_in = ${less("bytes_in", ":bytesIn")},
    bytes_out = ${less("bytes_out", ":bytesOut")},
    first = (select hour * ${HOUR} + hourly.first from ${REMAINING} order by hour limit 1),
    last = case when exists (select 1 from ${REMAINING}) then last end
  where id = :usage and summed > :hour`;
