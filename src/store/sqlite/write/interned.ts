import type { SQLInputValue } from "node:sqlite";
import { Cache } from "../cache.ts";
import type { Connection } from "../connection.ts";

/** How many rows of a table are remembered by their content. */
const REMEMBERED = 8192;

/** Rows of one table that are kept once, found by their content, and referred to by number. */
export class Interned {
  readonly #connection: Connection;
  readonly #select: string;
  readonly #insert: string;
  readonly #ids = new Cache<string, number>(REMEMBERED);

  /** `found` are the columns that make the content, `more` those that only a new row is given. */
  constructor(connection: Connection, table: string, found: string[], more: string[] = []) {
    this.#connection = connection;
    const columns = [...found, ...more];
    this.#select = `select id from ${table} where ${found.map((column) => `${column} = ?`).join(" and ")}`;
    this.#insert = `insert into ${table} (${columns}) values (${columns.map(() => "?")}) returning id`;
  }

  /** The number that is remembered for `key`. */
  known(key: string): number | undefined {
    return this.#ids.get(key);
  }

  /** The number of the row with these values; a new row where there is none. `key` says the same as a text. */
  id(key: string, found: SQLInputValue[], more: SQLInputValue[] = []): number {
    const known = this.known(key);
    if (known !== undefined) return known;
    const kept = this.#connection.one<{ id: number }>(this.#select, ...found);
    const id = kept?.id ?? this.#connection.number(this.#insert, ...found, ...more);
    this.#ids.set(key, id);
    return id;
  }

  /** What is remembered no longer holds: a transaction came to nothing, or rows were removed. */
  clear(): void {
    this.#ids.clear();
  }
}
