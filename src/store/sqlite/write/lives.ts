import type { NewLife, RecorderLife } from "../../../model/record.ts";
import type { Micros } from "../../../model/time.ts";
import type { Connection } from "../connection.ts";
import { LIFE_COLUMNS, type LifeRow, lifeOf } from "../life.ts";

/** The life of the recorder that writes, and the one before it. */
export class Lives {
  readonly before: RecorderLife | undefined;
  readonly #connection: Connection;
  readonly #id: number;

  /** Begins a life, within a transaction. */
  constructor(connection: Connection, life: NewLife) {
    this.#connection = connection;
    const before = connection.one<LifeRow>(LAST);
    this.before = before && lifeOf(before);
    const { startedAt, host, collector, version, bootId = null } = life;
    this.#id = connection.number(BEGIN, startedAt, startedAt, host, collector, version, bootId);
    connection.run(BEGAN, startedAt);
  }

  /** Everything up to `until` is in the record, and `added` flows more. */
  advance(until: Micros, added: number): void {
    this.#connection.run(ADVANCE, until, added, this.#id);
  }

  end(until: Micros): void {
    this.#connection.run(END, until, this.#id);
  }
}

const LAST = `select ${LIFE_COLUMNS} from life order by id desc limit 1`;

const BEGIN = `
  insert into life (started_at, until, ended, host, collector, version, boot_id, flows)
  values (?, ?, 0, ?, ?, ?, ?, 0) returning id`;

/** A life may be earlier than those before it: the clock was set back, or an older log was imported. */
const BEGAN = "update state set began = min(coalesce(began, ?1), ?1)";

const ADVANCE = "update life set until = ?, flows = flows + ? where id = ?";

const END = "update life set until = ?, ended = 1 where id = ?";
