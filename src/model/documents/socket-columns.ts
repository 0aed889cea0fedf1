/**
 * A flat column over a socket: CSV and the text table print these. `path` leads to the field in `SOCKET` that defines
 * it; a step into a list means every item, joined.
 */
export type Column<Name extends string = string> = { readonly name: Name; readonly path: string };

/** The columns of `ls --csv`, in order. */
export const CSV_COLUMNS = [
  { name: "protocol", path: "protocol" },
  { name: "state", path: "state" },
  { name: "local_address", path: "local.address" },
  { name: "local_port", path: "local.port" },
  { name: "remote_address", path: "remote.address" },
  { name: "remote_port", path: "remote.port" },
  { name: "network_namespace", path: "networkNamespace" },
  { name: "application", path: "application" },
  { name: "pids", path: "processes.pid" },
  { name: "names", path: "processes.name" },
  { name: "executables", path: "processes.executable" },
  { name: "users", path: "processes.user" },
  { name: "units", path: "processes.unit" },
  { name: "evidence", path: "evidence.source" },
] as const satisfies readonly Column[];

export type CsvColumnName = (typeof CSV_COLUMNS)[number]["name"];

/** The columns of the text table, in order; the heading is the name in upper case. */
export const TABLE_COLUMNS = [
  { name: "proto", path: "protocol" },
  { name: "state", path: "state" },
  { name: "local", path: "local" },
  { name: "remote", path: "remote" },
  { name: "pid", path: "processes.pid" },
  { name: "application", path: "application" },
  { name: "user", path: "processes.user" },
] as const satisfies readonly Column[];

export type TableColumnName = (typeof TABLE_COLUMNS)[number]["name"];

/**
 * How the table yields on a narrow terminal: step after step, the named column shrinks to at most so many characters,
 * until the line fits. 0 leaves the column out. What is not named here never shrinks.
 */
export const TABLE_YIELDS: readonly { column: TableColumnName; to: number }[] = [
  { column: "application", to: 24 },
  { column: "pid", to: 15 },
  { column: "remote", to: 21 },
  { column: "local", to: 21 },
  { column: "application", to: 15 },
  { column: "user", to: 8 },
  { column: "user", to: 0 },
  { column: "pid", to: 8 },
  { column: "remote", to: 18 },
  { column: "local", to: 18 },
  { column: "application", to: 8 },
  { column: "remote", to: 14 },
  { column: "local", to: 14 },
];

/** How a table yields that has to fit any terminal, one line a socket: it goes on where a list would let its lines wrap. */
export const LIVE_YIELDS: typeof TABLE_YIELDS = [
  ...TABLE_YIELDS,
  { column: "state", to: 6 },
  { column: "pid", to: 0 },
  { column: "state", to: 0 },
  { column: "proto", to: 0 },
  { column: "application", to: 6 },
];
