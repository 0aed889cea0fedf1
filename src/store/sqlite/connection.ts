import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { type Place, recordProblem } from "./problems.ts";

/** How long another connection's lock is waited for, in milliseconds. */
const PATIENCE = 5000;

/** One connection to a record. Every statement is prepared once. */
export class Connection {
  readonly path: string;
  readonly #place: Place;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, place: Place) {
    this.#database = database;
    this.#place = place;
    this.path = place.path;
  }

  /** Runs a statement, and answers how many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepared(sql).run(...values).changes);
  }

  /** The same with values that the statement names, such as `:hour`. */
  runNamed(sql: string, values: Record<string, SQLInputValue>): number {
    return Number(this.#prepared(sql).run(values).changes);
  }

  /** The first row; none where there is none. `Row` has to say what the statement selects. */
  one<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepared(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepared(sql).all(...values) as Row[];
  }

  /** The rows one after the other, where there may be many. */
  each<Row>(sql: string, ...values: SQLInputValue[]): Iterable<Row> {
    return this.#prepared(sql).iterate(...values) as Iterable<Row>;
  }

  /** The number that a statement selects; 0 where it selects none. */
  number(sql: string, ...values: SQLInputValue[]): number {
    const row = this.one<Record<string, number | null>>(sql, ...values);
    return (row && Object.values(row)[0]) ?? 0;
  }

  /** Several statements without values. */
  script(sql: string): void {
    this.#database.exec(sql);
  }

  /**
   * Does `work` whole or not at all; `deferred` is for reading, from one moment of the record. @throws Problem where the
   * disk, the file or another process is at fault.
   */
  transaction<T>(kind: "immediate" | "deferred", work: () => T): T {
    try {
      this.#database.exec(`begin ${kind}`);
      const result = work();
      this.#database.exec("commit");
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("rollback");
      throw recordProblem(error, this.#place);
    }
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/**
 * Opens the file of a record and hands it to `prepare`; closed again where that fails. SQLite is loaded only now.
 * @throws Problem where the disk, the file or another process is at fault.
 */
export async function connect<T>(place: Place, prepare: (connection: Connection) => T): Promise<T> {
  const { DatabaseSync } = await import("node:sqlite");
  let connection: Connection | undefined;
  try {
    connection = new Connection(new DatabaseSync(place.path, { readOnly: place.reading, timeout: PATIENCE }), place);
    return prepare(connection);
  } catch (error) {
    connection?.close();
    throw recordProblem(error, place);
  }
}
