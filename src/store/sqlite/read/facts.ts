import { statSync } from "node:fs";
import type { RecordFacts } from "../../../model/record.ts";
import type { Connection } from "../connection.ts";
import { LAYOUTS } from "../layout.ts";
import { LIFE_COLUMNS, type LifeRow, lifeOf } from "../life.ts";

/** What the record is. */
export function facts(connection: Connection): RecordFacts {
  const { path } = connection;
  const state = connection.one<State>(STATE);
  const lives = connection.all<LifeRow>(`select ${LIFE_COLUMNS} from life order by id`).map(lifeOf);
  const until = lives.reduce((latest, life) => Math.max(latest, life.until), Number.NEGATIVE_INFINITY);
  const from = state?.began ?? undefined;
  return {
    path,
    layout: LAYOUTS.length,
    ...(from !== undefined && { from, flowsFrom: Math.max(from, state?.flowsFrom ?? from) }),
    ...(lives.length > 0 && { until }),
    lives,
    flows: state?.flows ?? 0,
    usages: connection.number("select count(*) from usage"),
    hours: connection.number("select count(*) from hourly"),
    processes: connection.number("select count(*) from process"),
    size: [path, `${path}-wal`].reduce((sum, file) => sum + sizeOf(file), 0),
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

type State = { began: number | null; flowsFrom: number; flows: number };

const STATE = `
  select began, flows_from as flowsFrom, (select coalesce(sum(flows), 0) from life) - removed as flows from state`;
