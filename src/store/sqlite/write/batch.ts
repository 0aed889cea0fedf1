import type { RecordBatch } from "../../../model/record.ts";
import type { Micros } from "../../../model/time.ts";
import type { Connection } from "../connection.ts";
import { hourOf } from "../hours.ts";
import { Flows } from "./flows.ts";
import { Hourly } from "./hourly.ts";
import { Increments } from "./increments.ts";
import { Kinds } from "./kinds.ts";
import { writeNotes } from "./notes.ts";
import { Processes } from "./processes.ts";
import { Touch } from "./touch.ts";
import { Usages } from "./usages.ts";
import { Words } from "./words.ts";

/** Puts batches into their tables, and remembers what it met lately. */
export class Batches {
  readonly flows: Flows;
  readonly touch: Touch;
  readonly #connection: Connection;
  readonly #words: Words;
  readonly #usages: Usages;
  readonly #processes: Processes;
  readonly #kinds: Kinds;
  readonly #hourly: Hourly;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.touch = new Touch(connection);
    this.#words = new Words(connection);
    this.#usages = new Usages(connection, this.#words);
    this.#processes = new Processes(connection, this.#words, this.touch);
    this.#kinds = new Kinds(connection, this.#usages, this.#processes, this.#words);
    this.#hourly = new Hourly(connection);
    this.flows = new Flows(connection, this.#kinds, this.touch);
  }

  /** Takes a batch, within a transaction. Answers how many flows are new, and the earliest start among those. */
  write(batch: RecordBatch): { added: number; earliest: Micros } {
    const increments = new Increments(this.#usages);
    this.#processes.write(batch, hourOf(batch.until));
    const flows = this.flows.write(batch, increments);
    for (const record of batch.hourly ?? []) increments.add(record);
    this.#hourly.write(increments.all);
    writeNotes(this.#connection, this.#words, batch);
    return flows;
  }

  /** Forgets what it remembers: a transaction came to nothing, or rows were removed. */
  clear(): void {
    for (const part of [this.touch, this.#words, this.#usages, this.#processes, this.#kinds, this.#hourly])
      part.clear();
  }
}
