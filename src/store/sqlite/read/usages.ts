import type { UsageAnswer, UseQuestion } from "../../../model/record.ts";
import type { Connection } from "../connection.ts";
import { HOUR, hourOf } from "../hours.ts";
import { askKinds, askUsages, flowCondition, nothingAsked } from "./asked.ts";
import { moments } from "./moments.ts";
import { ProcessRows } from "./process-rows.ts";
import { asksClients, requireBeginning } from "./scan.ts";
import { hasHours, type Span, scanOf, spanOf } from "./span.ts";
import { sumsSql } from "./sums.ts";
import { type Part, Tallies, type Tally } from "./tallies.ts";
import { tallyFlows } from "./tally-flows.ts";
import { AFTER_ALL, BEFORE_ALL } from "./time.ts";
import { UsageRows } from "./usage-rows.ts";

/** How many processes, and names, of a usage an answer has. */
const MOST = 23;

/** The usages asked for, each summed up, the latest used first. */
export function usages(connection: Connection, question: UseQuestion): UsageAnswer[] {
  const { since = BEFORE_ALL, until = AFTER_ALL } = question;
  if (since > until) return [];
  const record = moments(connection);
  requireBeginning(question);
  const narrowed = askUsages(connection, question);
  if (narrowed && nothingAsked(connection)) return [];
  const span = asksClients(question) ? scanOf({ since, until }, record.flowsFrom) : spanOf(question, record);
  const tallies = new Tallies();
  if (hasHours(span)) tallyHours(connection, tallies, span, narrowed);
  if (span.borders.length > 0 || span.open !== undefined) {
    if (narrowed) askKinds(connection);
    tallyFlows(connection, tallies, span, { narrowed, only: flowCondition(question, narrowed), now: record.until });
  }
  return answers(connection, tallies, span, question);
}

function tallyHours(connection: Connection, tallies: Tallies, span: Span, narrowed: boolean): void {
  const { from, below } = span.hours;
  const all = from === Number.NEGATIVE_INFINITY && below === Number.POSITIVE_INFINITY;
  const rows = all
    ? connection.each<Part & { usage: number }>(narrowed ? SUMS_OF_ASKED : SUMS)
    : connection.each<Part & { usage: number }>(narrowed ? HOURS_OF_ASKED : HOURS, from, below);
  for (const { usage, ...part } of rows) tallies.add(usage, part);
}

function answers(connection: Connection, tallies: Tallies, span: Span, question: UseQuestion): UsageAnswer[] {
  const ids = JSON.stringify([...tallies.of.keys()]);
  const rows = new UsageRows(connection);
  rows.load(ids);
  const processes = new ProcessRows(connection);
  const lists = hasHours(span) ? processesOf(connection, ids, question) : undefined;
  const names = namesOf(connection, ids);
  return [...tallies.of]
    .sort(([one, a], [other, b]) => b.last - a.last || one - other)
    .map(([id, tally]) => ({
      ...rows.get(id),
      ...figures(tally),
      processes: processes.latest(lists?.get(id) ?? tally.processes, MOST),
      ...(names.has(id) && { names: names.get(id)?.slice(0, MOST) ?? [] }),
      ...(span.wholeHours && { wholeHours: true as const }),
    }));
}

function figures({ flows, failed, bytesIn, bytesOut, first, last }: Tally) {
  const bytes = { ...(bytesIn !== null && { bytesIn }), ...(bytesOut !== null && { bytesOut }) };
  return { flows, failed, ...bytes, firstSeen: first, lastSeen: last };
}

/** Processes that may have used each usage within the interval: those that lived then, and used it then or later. */
function processesOf(connection: Connection, usages: string, { since, until }: UseQuestion): Map<number, number[]> {
  const values = [since === undefined ? -1 : hourOf(since), until ?? AFTER_ALL, since ?? BEFORE_ALL, MOST];
  const rows = connection.all<{ usage: number; processes: string }>(PROCESSES, ...values, usages);
  return new Map(rows.map(({ usage, processes }) => [usage, JSON.parse(processes)]));
}

function namesOf(connection: Connection, usages: string): Map<number, string[]> {
  const names = new Map<number, string[]>();
  for (const { usage, name } of connection.each<{ usage: number; name: string }>(NAMES, usages)) {
    const list = names.get(usage);
    if (list === undefined) names.set(usage, [name]);
    else list.push(name);
  }
  return names;
}

const SUMS = sumsSql("usage");
const SUMS_OF_ASKED = sumsSql("asked_usage cross join usage on usage.id = asked_usage.id");

const hours = (only: string) => `
  select usage, sum(flows) as flows, sum(failed) as failed, sum(bytes_in) as bytesIn, sum(bytes_out) as bytesOut,
    min(hour * ${HOUR} + first) as first, max(hour * ${HOUR} + last) as last
  from hourly where ${only} hour >= ? and hour < ? group by usage`;

const HOURS = hours("");
const HOURS_OF_ASKED = hours("usage in (select id from asked_usage) and");

const PROCESSES = `
  select value as usage, (
    select json_group_array(process) from (
      select distinct process from kind cross join process on process.id = kind.process
      where usage = value and kind.touched >= ? and started_at <= ? and coalesce(ended_at, ${AFTER_ALL}) >= ?
      order by process desc limit ?
    )
  ) as processes from json_each(?)`;

const NAMES = `
  select usage, name from json_each(?) as asked cross join usage_name on usage = asked.value
  order by usage, touched desc, name`;
