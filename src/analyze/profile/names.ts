import { plainAddress } from "../../model/address.ts";
import type { NameEvent } from "../../model/event.ts";
import type { Micros } from "../../model/time.ts";
import type { Limits } from "./limits.ts";
import { Overflow } from "./limits.ts";

type Asked = { name: string; at: Micros };

/** Which names the application asked for, by the addresses that it was given. */
export class Names {
  readonly #byAddress = new Map<string, { latest: string; asked: Asked[] }>();
  readonly #limits: Limits;
  readonly overflow = new Overflow("more DNS names than are kept: the names of later addresses are missing");
  /** Grows with every answer, so that a reader knows when looking again is worth it. */
  answers = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  add(event: NameEvent): void {
    this.answers++;
    for (const address of event.addresses) {
      const known = this.#byAddress.get(address);
      if (known !== undefined) this.#addName(known, event);
      else if (this.#byAddress.size < this.#limits.addresses) {
        this.#byAddress.set(address, { latest: event.name, asked: [{ name: event.name, at: event.at }] });
      } else this.overflow.count(event.at);
    }
  }

  #addName(known: { latest: string; asked: Asked[] }, event: NameEvent): void {
    known.latest = event.name;
    if (known.asked.some((asked) => asked.name === event.name)) return;
    if (known.asked.length < this.#limits.namesPerAddress) known.asked.push({ name: event.name, at: event.at });
    else this.overflow.count(event.at);
  }

  // DNS answers hold plain IPv4 addresses where a dual-stack socket shows them mapped into IPv6.

  /** The name that last gave `address`, which is what a connection that begins now most likely means. */
  latest(address: string): string | undefined {
    return this.#byAddress.get(plainAddress(address))?.latest;
  }

  /** Every name that gave `address` until then, in the order in which they were first asked for. */
  until(address: string, until: Micros): string[] {
    const asked = this.#byAddress.get(plainAddress(address))?.asked ?? [];
    return asked.filter((one) => one.at <= until).map((one) => one.name);
  }
}
