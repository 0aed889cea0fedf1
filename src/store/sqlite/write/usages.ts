import type { Usage } from "../../../model/record.ts";
import { PROTOCOLS, USES } from "../codes.ts";
import type { Connection } from "../connection.ts";
import { Interned } from "./interned.ts";
import type { Words } from "./words.ts";

/** Behaviour, each kept once. */
export class Usages {
  readonly #words: Words;
  readonly #rows: Interned;

  constructor(connection: Connection, words: Words) {
    this.#words = words;
    this.#rows = new Interned(connection, "usage", ["application", "use", "protocol", "port", "peer"]);
  }

  id(usage: Usage): number {
    const { application, use, protocol, port, peer } = usage;
    // The length keeps words apart that others chose.
    const words = `${application}${peer === undefined ? "" : `@${peer}`}`;
    const key = `${use} ${protocol} ${port} ${application.length} ${words}`;
    const known = this.#rows.known(key);
    if (known !== undefined) return known;
    const values = [
      this.#words.application(application),
      USES[use],
      PROTOCOLS[protocol],
      port,
      this.#words.address(peer),
    ];
    return this.#rows.id(key, values);
  }

  clear(): void {
    this.#rows.clear();
  }
}
