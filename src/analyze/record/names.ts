import { plainAddress } from "../../model/address.ts";
import type { NameEvent } from "../../model/event.ts";
import { Generations } from "./generations.ts";

/** The name that was asked for last to get an address. Names that nobody used for long are forgotten. */
export class Names {
  readonly #byAddress: Generations<string>;

  constructor(limit: number) {
    this.#byAddress = new Generations(limit);
  }

  add({ name, addresses }: NameEvent): void {
    for (const address of addresses) this.#byAddress.set(address, name);
  }

  of(address: string): string | undefined {
    return this.#byAddress.get(plainAddress(address));
  }
}
