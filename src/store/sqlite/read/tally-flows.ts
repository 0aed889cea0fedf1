import type { Micros } from "../../../model/time.ts";
import type { Connection } from "../connection.ts";
import { HOUR } from "../hours.ts";
import { LONG } from "../long.ts";
import type { Condition } from "./asked.ts";
import { hasHours, type Span } from "./span.ts";
import type { Part, Tallies } from "./tallies.ts";
import { AFTER_ALL, ended, LONG_FLOWS } from "./time.ts";
import { windows } from "./windows.ts";

/**
 * Adds the flows of a span's borders, and those open at its beginning, each as a whole. Only the payload of a flow that
 * reaches from a border into whole hours is left to the increments of those hours.
 */
export function tallyFlows(connection: Connection, tallies: Tallies, span: Span, asked: Asked): void {
  const { narrowed, only, now } = asked;
  const firstHour = hasHours(span) && Number.isFinite(span.hours.from) ? span.hours.from * HOUR : AFTER_ALL + 1;
  const add = (where: string, ...values: number[]) => {
    const sql = kindsSql(where + only.sql);
    const bytes = [firstHour, firstHour];
    for (const row of connection.each<Row>(sql, ...bytes, ...bytes, now, ...values, ...only.values)) {
      const { count, error, usage, process, ...part } = row;
      const [flows, failed] = error === "" ? [count, 0] : [0, count];
      tallies.add(usage, { ...part, flows, failed }, process);
    }
  };
  for (const border of span.borders) {
    for (const { from, to } of windows(connection, border, narrowed))
      add("flow where flow.id between ? and ?", from, to);
  }
  if (span.open === undefined) return;
  const { before, at } = span.open;
  add(`flow where flow.id >= ? and flow.id < ? and ${ended} >= ?`, before - LONG, before, at);
  add(`${LONG_FLOWS} and flow.id < ? and ${ended} >= ?`, before - LONG, at);
}

/** Which flows: those of usages that were asked for, or all; and what they have to fulfil beyond their time. */
type Asked = {
  narrowed: boolean;
  only: Condition;
  /** Until when the record is durable: open flows were in use until then. */
  now: Micros;
};

type Row = Omit<Part, "flows" | "failed"> & { count: number; error: string; usage: number; process: number };

function kindsSql(flows: string): string {
  return `
    select usage, process, error, count, bytesIn, bytesOut, first, last from (
      select kind as id, count(*) as count,
        sum(case when flow.id >= ? or ${ended} < ? then bytes_in end) as bytesIn,
        sum(case when flow.id >= ? or ${ended} < ? then bytes_out end) as bytesOut,
        min(flow.id) as first,
        max(coalesce(flow.id + lasted, max(flow.id, ?))) as last
      from ${flows} group by kind
    ) as kinds
    cross join kind on kind.id = kinds.id
    cross join circumstance on circumstance.id = kind.circumstance`;
}
