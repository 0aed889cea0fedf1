import type { HourlyAnswer, UseQuestion } from "../../../model/record.ts";
import type { Connection } from "../connection.ts";
import { HOUR, hourOf } from "../hours.ts";
import { askUsages } from "./asked.ts";
import { asksClients } from "./scan.ts";
import { AFTER_ALL, BEFORE_ALL } from "./time.ts";
import { UsageRows } from "./usage-rows.ts";

/** Hour by hour, the earliest first. */
export function hours(connection: Connection, question: UseQuestion): HourlyAnswer[] {
  if (asksClients(question)) throw new Error("hours know nothing of clients' ports");
  const { since = BEFORE_ALL, until = AFTER_ALL } = question;
  const narrowed = askUsages(connection, question);
  const sql = narrowed ? HOURS_OF_ASKED : HOURS;
  const usages = new UsageRows(connection);
  return connection.all<Row>(sql, hourOf(since), hourOf(until)).map((row) => {
    const { usage, hour, bytesIn, bytesOut, first, last, ...counts } = row;
    return {
      hour,
      usage: usages.get(usage),
      ...counts,
      ...(bytesIn !== null && { bytesIn }),
      ...(bytesOut !== null && { bytesOut }),
      first: hour * HOUR + first,
      last: hour * HOUR + last,
    };
  });
}

type Row = {
  hour: number;
  usage: number;
  flows: number;
  failed: number;
  bytesIn: number | null;
  bytesOut: number | null;
  first: number;
  last: number;
};

const sql = (only: string) => `
  select hour, usage, flows, failed, bytes_in as bytesIn, bytes_out as bytesOut, first, last from hourly
  where ${only} hour between ? and ? order by hour, usage`;

const HOURS = sql("");
const HOURS_OF_ASKED = sql("usage in (select id from asked_usage) and");
