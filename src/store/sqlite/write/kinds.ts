import type { FlowRecord } from "../../../model/record.ts";
import { EVIDENCE } from "../codes.ts";
import type { Connection } from "../connection.ts";
import { Interned } from "./interned.ts";
import type { Processes } from "./processes.ts";
import type { Usages } from "./usages.ts";
import type { Words } from "./words.ts";

/** A usage by a process under the same circumstances. */
export type Kind = { id: number; usage: number };

/** Kinds of flows. */
export class Kinds {
  readonly #usages: Usages;
  readonly #processes: Processes;
  readonly #words: Words;
  readonly #circumstances: Interned;
  readonly #rows: Interned;

  constructor(connection: Connection, usages: Usages, processes: Processes, words: Words) {
    this.#usages = usages;
    this.#processes = processes;
    this.#words = words;
    const circumstance = ["local_address", "evidence", "found", "error", "name"];
    this.#circumstances = new Interned(connection, "circumstance", circumstance, ["touched"]);
    this.#rows = new Interned(connection, "kind", ["usage", "process", "circumstance"], ["touched"]);
  }

  of(flow: FlowRecord): Kind {
    const usage = this.#usages.id(flow.usage);
    const process = this.#processes.id(flow.process);
    const circumstance = this.#circumstance(flow);
    const key = `${usage} ${process} ${circumstance}`;
    const id = this.#rows.known(key) ?? this.#rows.id(key, [usage, process, circumstance], [0]);
    return { id, usage };
  }

  clear(): void {
    this.#circumstances.clear();
    this.#rows.clear();
  }

  #circumstance({ localAddress, evidence, found, error = "", name = "" }: FlowRecord): number {
    // The lengths keep words apart that others chose.
    const words = `${error.length} ${error}${name.length} ${name}${localAddress ?? ""}`;
    const key = `${evidence}${found ? "!" : ""} ${words}`;
    const known = this.#circumstances.known(key);
    if (known !== undefined) return known;
    const values = [this.#words.address(localAddress), EVIDENCE[evidence], found ? 1 : 0, error, name];
    return this.#circumstances.id(key, values, [0]);
  }
}
