import { describe } from "vitest";
import type { NewLife, RecordReader, RecordWriter } from "../../src/model/record.ts";
import { addressContract } from "./store/addresses.ts";
import { answerContract } from "./store/answers.ts";
import { lifeContract } from "./store/lives.ts";
import { noteContract } from "./store/notes.ts";
import { processContract } from "./store/processes.ts";
import { randomContract } from "./store/random.ts";
import { retentionContract } from "./store/retention.ts";

/** A place for one record of an engine. */
export type Place = {
  writer(life: NewLife): Promise<RecordWriter>;
  reader(): Promise<RecordReader>;
  /** Nothing is left of it. */
  remove(): Promise<void>;
};

/** An engine under test: each call of `place` gives a new record. */
export type Engine = { name: string; place(): Promise<Place> };

/** Registers the tests that every engine passes: expectations come from the model, not from a way of storing. */
export function storeContract(engine: Engine): void {
  describe(`a record kept by ${engine.name}`, () => {
    answerContract(engine);
    addressContract(engine);
    processContract(engine);
    lifeContract(engine);
    noteContract(engine);
    retentionContract(engine);
    randomContract(engine);
  });
}
