import type { Connection } from "../connection.ts";

/** How many rows one step looks at. */
const STEP = 1000;

/** From which hour on what is kept. */
export type Kept = { flows: number; usage: number };

/**
 * Step by step, removes rows that nothing refers to any more: nothing refers to what no flow needed since the first hour
 * of which flows are kept. Yields how many each step removed.
 */
export function* unneeded(connection: Connection, kept: Kept): Generator<number> {
  for (const { table, key = "id", condition } of UNNEEDED) {
    const sql = `delete from ${table} where ${key} > :from and ${key} <= :to and ${condition}`;
    for (const { from, to } of ranges(connection, table, key)) {
      yield connection.runNamed(sql, { from, to, ...values(condition, kept) });
    }
  }
}

/** Divides a table into ranges of about a step each: without the first number, and with the second. */
export function* ranges(connection: Connection, table: string, key = "id"): Generator<{ from: number; to: number }> {
  const next = `select max(${key}) from (select ${key} from ${table} where ${key} > ? order by ${key} limit ${STEP})`;
  for (let from = 0, to = connection.number(next, 0); to > from; from = to, to = connection.number(next, from)) {
    yield { from, to };
  }
}

/** Which of the named values a condition has. */
function values(condition: string, kept: Kept): Partial<Kept> {
  return Object.fromEntries(Object.entries(kept).filter(([name]) => condition.includes(`:${name}`)));
}

/** The order matters: what refers goes before what is referred to. */
const UNNEEDED: { table: string; key?: string; condition: string }[] = [
  { table: "kind", condition: "touched < :flows" },
  { table: "circumstance", condition: "touched < :flows" },
  { table: "process", condition: "touched < :flows" },
  { table: "identity", condition: "touched < :flows" },
  { table: "ancestor", condition: "touched < :flows" },
  { table: "program", condition: "touched < :usage" },
  {
    table: "modules",
    condition: "touched < :flows and id not in (select modules from program where modules is not null)",
  },
  {
    table: "usage",
    condition: `not exists (select 1 from hourly where hourly.usage = usage.id)
      and not exists (select 1 from kind where kind.usage = usage.id)`,
  },
  {
    table: "usage_name",
    key: "usage",
    condition: "(touched < :usage or usage not in (select id from usage))",
  },
  {
    table: "application",
    condition: `not exists (select 1 from usage where usage.application = application.id)
      and not exists (select 1 from identity where identity.application = application.id)`,
  },
  {
    table: "address",
    condition: `not exists (select 1 from usage where usage.peer = address.id)
      and not exists (select 1 from circumstance where circumstance.local_address = address.id)
      and not exists (select 1 from host_address where host_address.address = address.id)`,
  },
];
