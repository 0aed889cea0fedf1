import type { Usage } from "../../../model/record.ts";
import { PROTOCOLS, USES } from "../codes.ts";
import type { Connection } from "../connection.ts";
import { Interned } from "./interned.ts";
import type { Words } from "./words.ts";

/** Behaviour, each kept once. */
export class Usages {
  readonly #words: Words;
  readonly #rows: Interned;
  /** Recorders have one object for each usage: it is found by itself before it is found by its words. */
  #objects = new WeakMap<Usage, number>();

  constructor(connection: Connection, words: Words) {
    this.#words = words;
    this.#rows = new Interned(connection, "usage", ["application", "use", "protocol", "port", "peer"]);
  }

  id(usage: Usage): number {
    const known = this.#objects.get(usage);
    if (known !== undefined) return known;
    const id = this.#find(usage);
    this.#objects.set(usage, id);
    return id;
  }

  clear(): void {
    this.#rows.clear();
    this.#objects = new WeakMap();
  }

  #find({ application, use, protocol, port, peer }: Usage): number {
    // The length keeps words apart that others chose.
    const words = `${application.length} ${application}${peer === undefined ? "" : `@${peer}`}`;
    const values = [USES[use], PROTOCOLS[protocol], port];
    const key = `${values.join(" ")} ${words}`;
    const known = this.#rows.known(key);
    if (known !== undefined) return known;
    return this.#rows.id(key, [this.#words.application(application), ...values, this.#words.address(peer)]);
  }
}
