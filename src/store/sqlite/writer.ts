import type { NewLife, RecordBatch, RecorderLife, RecordWriter, Retention } from "../../model/record.ts";
import type { Micros } from "../../model/time.ts";
import { type Connection, connect } from "./connection.ts";
import { makeFolder } from "./files.ts";
import { layoutOf, upgrade } from "./layout.ts";
import { type Lock, lock } from "./lock.ts";
import { recordProblem } from "./problems.ts";
import { Retaining } from "./retain/retention.ts";
import { Batches } from "./write/batch.ts";
import { Lives } from "./write/lives.ts";

/**
 * Prepares a file before it is a record. `auto_vacuum` has effect in an empty file only: it lets room that retention
 * freed go back to the disk. WAL lets readers read while the recorder writes, and FULL makes every commit durable.
 */
const SET_UP = "pragma auto_vacuum = incremental; pragma journal_mode = wal";

/** 4 MB of pages are remembered; the file of what is not yet in its place is cut to 16 MB whenever it was emptied. */
const SETTINGS =
  "pragma synchronous = full; pragma cache_size = -4000; pragma temp_store = memory; pragma journal_size_limit = 16000000";

/**
 * Opens the record at `path` to write, and makes it where there is none. Flows that the life before left open end at its
 * last durable moment.
 * @throws Problem `record-in-use`, `bad-record`, `record-full`, `record-failed` or `not-permitted`.
 */
export async function openSqliteWriter(path: string, life: NewLife): Promise<RecordWriter> {
  makeFolder(path);
  const held = await locked(path);
  try {
    return await connect({ path, reading: false }, (connection) => {
      // Before anything changes: a file of something else stays as it is.
      layoutOf(connection);
      connection.script(SET_UP);
      connection.script(SETTINGS);
      upgrade(connection);
      return new SqliteWriter(connection, held, life);
    });
  } catch (error) {
    held.release();
    throw error;
  }
}

async function locked(path: string): Promise<Lock> {
  try {
    return await lock(path);
  } catch (error) {
    throw recordProblem(error, { path, reading: false });
  }
}

class SqliteWriter implements RecordWriter {
  readonly before: RecorderLife | undefined;
  readonly #connection: Connection;
  readonly #lock: Lock;
  readonly #batches: Batches;
  readonly #life: Lives;
  readonly #retaining: Retaining;

  constructor(connection: Connection, held: Lock, life: NewLife) {
    this.#connection = connection;
    this.#lock = held;
    this.#batches = new Batches(connection);
    this.#life = connection.transaction("immediate", () => {
      const lives = new Lives(connection, life);
      if (lives.before !== undefined) this.#batches.flows.endOpen(lives.before.until);
      return lives;
    });
    this.before = this.#life.before;
    this.#retaining = new Retaining(connection, this.#batches, life.startedAt);
  }

  async write(batch: RecordBatch): Promise<void> {
    this.#transaction(() => {
      const { added, earliest } = this.#batches.write(batch);
      this.#life.advance(batch.until, added);
      this.#retaining.written(earliest, batch.until);
    });
  }

  async retain(retention: Retention, now: Micros, milliseconds: number): Promise<boolean> {
    const end = performance.now() + milliseconds;
    for (;;) {
      if (this.#transaction(() => this.#retaining.step(retention, now))) return false;
      if (performance.now() >= end) return true;
    }
  }

  async close(until: Micros): Promise<void> {
    try {
      this.#transaction(() => {
        this.#batches.flows.endOpen(until);
        this.#life.end(until);
      });
      this.#leaveWal();
    } finally {
      this.#connection.close();
      this.#lock.release();
    }
  }

  #transaction<T>(work: () => T): T {
    try {
      const result = this.#connection.transaction("immediate", work);
      this.#batches.flows.keep();
      return result;
    } catch (error) {
      this.#batches.flows.forget();
      this.#batches.clear();
      this.#retaining.restart();
      throw error;
    }
  }

  /**
   * A record that nobody writes to is one file, which every user may read who has the permission: in WAL mode SQLite needs
   * two more, and deletes them at the last close. Where a reader is connected the mode stays, and so do the files.
   */
  #leaveWal(): void {
    try {
      this.#connection.script("pragma busy_timeout = 0; pragma journal_mode = delete");
    } catch {
      // The reader's presence is no failure of this writer: everything is durable.
    }
  }
}
