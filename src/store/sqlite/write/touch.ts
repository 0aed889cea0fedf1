import { Cache } from "../cache.ts";
import type { Connection } from "../connection.ts";

/** How many rows of a table are remembered with their hour. */
const REMEMBERED = 8192;

/** Notes of rows that flows refer to in which hour they were last needed: at most one write an hour each. */
export class Touch {
  readonly #connection: Connection;
  readonly #hours = new Map<string, Cache<number, number>>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  kind(id: number, hour: number): void {
    const row = this.#note<KindRow>("kind", KIND_COLUMNS, id, hour);
    if (row === undefined) return;
    if (row.name !== "") this.#connection.run(NAME, row.usage, row.name, hour);
    this.#note("circumstance", "id", row.circumstance, hour);
    if (row.process !== 0) this.process(row.process, hour);
  }

  process(id: number, hour: number): void {
    const row = this.#note<{ identity: number; parents: number | null }>("process", "identity, parents", id, hour);
    if (row === undefined) return;
    this.identity(row.identity, hour);
    this.ancestors(row.parents ?? 0, hour);
  }

  identity(id: number, hour: number): void {
    const columns = "modules, executable";
    const row = this.#note<{ modules: number | null; executable: string | null }>("identity", columns, id, hour);
    if (row === undefined) return;
    if (row.modules !== null) this.modules(row.modules, hour);
    if (row.executable === null) return;
    for (const program of this.#connection.all<{ id: number }>(PROGRAMS, row.executable))
      this.program(program.id, hour);
  }

  program(id: number, hour: number): void {
    const row = this.#note<{ modules: number | null }>("program", "modules", id, hour);
    if (row && row.modules !== null) this.modules(row.modules, hour);
  }

  modules(id: number, hour: number): void {
    this.#note("modules", "id", id, hour);
  }

  /** The parent `nearest` and all further outwards; 0 is none. */
  ancestors(nearest: number, hour: number): void {
    let id = nearest;
    while (id !== 0) id = this.#note<{ next: number }>("ancestor", "next", id, hour)?.next ?? 0;
  }

  clear(): void {
    this.#hours.clear();
  }

  /** What the row refers to, where this hour is news to it. */
  #note<Row>(table: string, columns: string, id: number, hour: number): Row | undefined {
    let hours = this.#hours.get(table);
    if (hours === undefined) {
      hours = new Cache(REMEMBERED);
      this.#hours.set(table, hours);
    }
    const known = hours.get(id);
    if (known !== undefined && known >= hour) return undefined;
    hours.set(id, hour);
    const sql = `update ${table} set touched = ? where id = ? and touched < ? returning ${columns}`;
    return this.#connection.one<Row>(sql, hour, id, hour);
  }
}

type KindRow = { usage: number; process: number; circumstance: number; name: string };

const KIND_COLUMNS =
  "usage, process, circumstance, (select name from circumstance where circumstance.id = kind.circumstance) as name";

const NAME = `
  insert into usage_name (usage, name, touched) values (?, ?, ?)
  on conflict do update set touched = max(touched, excluded.touched)`;

const PROGRAMS = "select id from program where executable = ?";
