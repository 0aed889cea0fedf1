import type { ApplicationAnswer, Interval } from "../../../model/record.ts";
import { USES } from "../codes.ts";
import type { Connection } from "../connection.ts";
import { HOUR, hourOf } from "../hours.ts";
import { LONG } from "../long.ts";
import { sumsSql } from "./sums.ts";
import type { Part } from "./tallies.ts";
import { Tallies } from "./tallies.ts";
import { AFTER_ALL, BEFORE_ALL, ended, LONG_FLOWS } from "./time.ts";

/** Applications that were in use within the interval, the latest used first, with figures of everything recorded. */
export function applications(connection: Connection, interval: Interval): ApplicationAnswer[] {
  const chosen = inUse(connection, interval);
  const tallies = new Tallies();
  const usages = new Map<number, number>();
  const ports = new Map<number, Set<number>>();
  for (const { application, use, protocol, port, usage, ...part } of connection.each<Row>(SUMS)) {
    if (chosen?.has(application) === false) continue;
    // That a port was opened is no flow of the application.
    tallies.add(application, use === USES.listen ? { ...part, flows: 0 } : part);
    usages.set(application, (usages.get(application) ?? 0) + 1);
    if (use !== USES.listen) continue;
    const known = ports.get(application) ?? new Set();
    ports.set(application, known.add(protocol * 0x10000 + port));
  }
  return [...tallies.of]
    .sort(([one, a], [other, b]) => b.last - a.last || one - other)
    .map(([id, { flows, failed, bytesIn, bytesOut, first, last }]) => ({
      application: connection.one<{ name: string }>(NAME, id)?.name ?? "",
      firstSeen: first,
      lastSeen: last,
      flows,
      failed,
      ...(bytesIn !== null && { bytesIn }),
      ...(bytesOut !== null && { bytesOut }),
      listens: ports.get(id)?.size ?? 0,
      usages: usages.get(id) ?? 0,
    }));
}

/** Applications with a usage in an hour of the interval, or a flow that was open when it began; all where it is open. */
function inUse(connection: Connection, interval: Interval): Set<number> | undefined {
  const { since = BEFORE_ALL, until = AFTER_ALL } = interval;
  if (interval.since === undefined && interval.until === undefined) return undefined;
  if (since > until) return new Set();
  const rows = connection.all<{ application: number }>(IN_USE, hourOf(since), hourOf(until), until, since);
  if (interval.since !== undefined) {
    rows.push(...connection.all<{ application: number }>(SHORTLY_BEFORE, since - LONG, since, since));
    rows.push(...connection.all<{ application: number }>(LONG_BEFORE, since - LONG, since));
  }
  return new Set(rows.map(({ application }) => application));
}

type Row = Part & { usage: number; application: number; use: number; protocol: number; port: number };

const SUMS = sumsSql("usage", "application, use, protocol, port,");

const NAME = "select name from application where id = ?";

const IN_USE = `
  select distinct application from usage where exists (
    select 1 from hourly where hourly.usage = usage.id and hour between ? and ?
      and hour * ${HOUR} + hourly.first <= ? and hour * ${HOUR} + hourly.last >= ?
  )`;

const openAt = (flows: string) => `
  select distinct application from (select distinct kind from ${flows}) as open
  cross join kind on kind.id = open.kind cross join usage on usage.id = kind.usage`;

const SHORTLY_BEFORE = openAt(`flow where flow.id >= ? and flow.id < ? and ${ended} >= ?`);
const LONG_BEFORE = openAt(`${LONG_FLOWS} and flow.id < ? and ${ended} >= ?`);
