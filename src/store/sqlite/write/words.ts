import { addressValue } from "../address.ts";
import type { Connection } from "../connection.ts";
import { digest } from "./digest.ts";
import { Interned } from "./interned.ts";

/** Words that many rows share: applications, addresses, lists of modules. */
export class Words {
  readonly #applications: Interned;
  readonly #addresses: Interned;
  readonly #modules: Interned;

  constructor(connection: Connection) {
    this.#applications = new Interned(connection, "application", ["name"]);
    this.#addresses = new Interned(connection, "address", ["bytes"]);
    this.#modules = new Interned(connection, "modules", ["hash"], ["paths", "touched"]);
  }

  application(name: string): number {
    return this.#applications.id(name, [name]);
  }

  /** 0 for an unknown one. */
  address(text: string | undefined): number {
    return text === undefined ? 0 : this.#addresses.id(text, [addressValue(text)]);
  }

  /** null where they are not known. */
  modules(paths: string[] | undefined): number | null {
    if (paths === undefined) return null;
    const text = JSON.stringify(paths);
    const hash = digest(text);
    return this.#modules.id(Buffer.from(hash).toString("latin1"), [hash], [text, 0]);
  }

  clear(): void {
    this.#applications.clear();
    this.#addresses.clear();
    this.#modules.clear();
  }
}
