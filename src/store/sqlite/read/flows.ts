import type { FlowAnswer, UseQuestion } from "../../../model/record.ts";
import type { Connection } from "../connection.ts";
import { LONG } from "../long.ts";
import { askKinds, askUsages, flowCondition, nothingAsked } from "./asked.ts";
import { type FlowRow, FlowRows } from "./flow-rows.ts";
import { moments } from "./moments.ts";
import { requireBeginning } from "./scan.ts";
import { scanOf } from "./span.ts";
import { AFTER_ALL, BEFORE_ALL, ended, LONG_FLOWS } from "./time.ts";
import { windows } from "./windows.ts";

/** Single flows, the latest begun first. */
export function flows(connection: Connection, question: UseQuestion & { limit: number }): FlowAnswer[] {
  const { since = BEFORE_ALL, until = AFTER_ALL, limit } = question;
  if (since > until) return [];
  const narrowed = askUsages(connection, question);
  requireBeginning(question);
  if (narrowed && nothingAsked(connection)) return [];
  if (narrowed) askKinds(connection);
  const only = flowCondition(question, narrowed);
  const found: FlowRow[] = [];
  const read = (where: string, ...values: number[]) => {
    const left = limit - found.length;
    if (left > 0) found.push(...connection.all<FlowRow>(flowsSql(where + only.sql), ...values, ...only.values, left));
  };
  const { borders, open } = scanOf({ since, until }, moments(connection).flowsFrom);
  for (const border of borders) {
    for (const { from, to } of windows(connection, border, narrowed)) {
      read("flow where flow.id between ? and ?", from, to);
      if (found.length >= limit) break;
    }
  }
  // What began before: among those shortly before, then those that the index of long ones holds.
  read(`flow where flow.id >= ? and flow.id < ? and ${ended} >= ?`, open.before - LONG, open.before, open.at);
  read(`${LONG_FLOWS} and flow.id < ? and ${ended} >= ?`, open.before - LONG, open.at);
  const rows = new FlowRows(connection);
  return found.map((row) => rows.answer(row));
}

/** `from` names flows and what they have to fulfil; it has to say `flow.id`. */
function flowsSql(from: string): string {
  return `
    select flow.id, flow.other_port as otherPort, flow.lasted, flow.bytes_in as bytesIn, flow.bytes_out as bytesOut,
      usage, process, found, evidence, error, bytes as localAddress, name
    from (select * from ${from} order by flow.id desc limit ?) as flow
    cross join kind on kind.id = flow.kind
    cross join circumstance on circumstance.id = kind.circumstance
    left join address on address.id = circumstance.local_address
    order by flow.id desc`;
}
