import type { ProgramRecord } from "../../../model/record.ts";
import type { Connection } from "../connection.ts";
import { modulesOf } from "./process-rows.ts";

/** The programs of an application's processes, as far as they are still known, the first seen first. */
export function programs(connection: Connection, application: string): ProgramRecord[] {
  return connection
    .all<Row>(PROGRAMS, application)
    .map(({ executable, sha256, size, changedAt, modules, firstSeen }) => ({
      executable,
      ...(sha256 !== null && { sha256 }),
      ...(size !== null && { size }),
      ...(changedAt !== null && { changedAt }),
      ...(modules !== null && { modules: modulesOf(connection, modules) }),
      firstSeen,
    }));
}

type Row = {
  executable: string;
  sha256: string | null;
  size: number | null;
  changedAt: number | null;
  modules: number | null;
  firstSeen: number;
};

const PROGRAMS = `
  select executable, sha256, size, changed_at as changedAt, modules, first_seen as firstSeen from program
  where executable in (
    select executable from identity where application = (select id from application where name = ?)
  )
  order by first_seen, id`;
