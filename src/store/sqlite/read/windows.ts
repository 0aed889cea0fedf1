import type { Micros } from "../../../model/time.ts";
import type { Connection } from "../connection.ts";
import { HOUR, hourOf } from "../hours.ts";
import type { Border } from "./span.ts";

/**
 * Where flows that began within `range` are to be looked for, the latest first. Where the question is `narrowed`, hour by
 * hour from the first to the last use of what was asked for: whatever is rare is found without reading what is not.
 */
export function* windows(connection: Connection, range: Border, narrowed: boolean): Generator<Border> {
  if (!narrowed) {
    yield range;
    return;
  }
  const earliest = hourOf(Math.max(range.from, hourEnd(connection, "min") * HOUR));
  let below = Math.min(hourOf(range.to), hourEnd(connection, "max")) + 1;
  for (let hours = 1; below > earliest; hours *= 2) {
    const from = Math.max(earliest, below - hours);
    for (const { hour, first, last } of connection.all<Row>(USED, from, below)) {
      const begin = hour * HOUR;
      const window = { from: Math.max(range.from, begin + first), to: Math.min(range.to, begin + last) };
      if (window.from <= window.to) yield window;
    }
    below = from;
  }
}

/** The first or last hour that the record has; 0 for an empty one. */
function hourEnd(connection: Connection, which: "min" | "max"): number {
  return connection.number(`select ${which}(hour) from hourly`);
}

type Row = { hour: number; first: Micros; last: Micros };

const USED = `
  select hour, min(first) as first, max(last) as last from hourly
  where usage in (select id from asked_usage) and hour >= ? and hour < ? group by hour order by hour desc`;
