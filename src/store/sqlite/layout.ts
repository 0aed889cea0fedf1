import { Problem } from "../../model/problem.ts";
import type { Connection } from "./connection.ts";
import { LAYOUT_1 } from "./layouts/1.ts";

/** Marks a file as a record of Portolan (SQLite's `application_id`): "PRTL". */
const APPLICATION_ID = 0x5052544c;

/** What makes each layout out of the one before it; the first out of nothing. Layout N is at N - 1. */
export const LAYOUTS: readonly string[] = [LAYOUT_1];

/**
 * Brings a record to the newest layout, in one transaction; an empty file becomes a record.
 * @throws Problem `bad-record` for a file of something else, or of a newer Portolan.
 */
export function upgrade(connection: Connection, layouts = LAYOUTS): void {
  const version = layoutOf(connection, layouts);
  if (version === layouts.length) return;
  connection.transaction("immediate", () => {
    for (const statements of layouts.slice(version)) connection.script(statements);
    connection.script(`pragma application_id = ${APPLICATION_ID}; pragma user_version = ${layouts.length}`);
  });
}

/**
 * The layout that a file has; 0 for an empty one.
 * @throws Problem `bad-record` for a file of something else, or of a newer Portolan.
 */
export function layoutOf(connection: Connection, layouts = LAYOUTS): number {
  const { path } = connection;
  const version = connection.number("pragma user_version");
  const application = connection.number("pragma application_id");
  const empty = version === 0 && application === 0 && connection.number("select count(*) from sqlite_schema") === 0;
  if (empty) return 0;
  if (application !== APPLICATION_ID || version === 0) {
    throw new Problem("bad-record", `${path} is no record of Portolan`, {
      why: "It is a database of another program, which stays as it is.",
      next: "name another file with --store",
    });
  }
  if (version > layouts.length) {
    throw new Problem("bad-record", `${path} was written by a newer Portolan`, {
      why: `Its layout is ${version}, and this program knows up to ${layouts.length}.`,
      next: "use the newer Portolan, or name another file with --store",
    });
  }
  return version;
}

/**
 * @throws Problem `bad-record` where a record has to be brought to this program's layout, which only a recorder does.
 */
export function requireNewest(connection: Connection): void {
  const version = layoutOf(connection);
  if (version === LAYOUTS.length) return;
  const { path } = connection;
  if (version === 0) {
    throw new Problem("no-record", `${path} holds no record`, {
      why: "It is empty: no recorder has written to it.",
      next: `./portolan record --store ${path}`,
    });
  }
  throw new Problem("bad-record", `${path} was written by an older Portolan`, {
    why: `Its layout is ${version}, this program reads ${LAYOUTS.length}, and the recorder brings it up to date.`,
    next: `./portolan record --store ${path}`,
  });
}
