import type { BindFailedEvent } from "../../model/event.ts";
import type { ProfileFailedBind } from "../../model/profile.ts";
import { type Limits, Overflow } from "./limits.ts";

type FailedBind = Omit<ProfileFailedBind, "pids"> & { pids: Set<number> };

/** The binds that the kernel refused, each once, with how often. */
export class FailedBinds {
  readonly #byKey = new Map<string, FailedBind>();
  readonly #limits: Limits;
  readonly overflow = new Overflow("more kinds of failed binds than are kept: the later ones are missing");

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  add(event: BindFailedEvent): void {
    const { protocol, local, error } = event;
    const key = `${protocol} ${local.address} ${local.port} ${error}`;
    let row = this.#byKey.get(key);
    if (row === undefined) {
      if (this.#byKey.size >= this.#limits.failedBinds) {
        this.overflow.count(event.at);
        return;
      }
      row = { protocol, address: local.address, port: local.port, error, pids: new Set(), count: 0 };
      this.#byKey.set(key, row);
    }
    row.count++;
    if (event.process !== undefined && row.pids.size < this.#limits.pids) row.pids.add(event.process.pid);
  }

  /** The rows as the document states them, in the order in which they were first seen. */
  document(): ProfileFailedBind[] {
    return [...this.#byKey.values()].map((row) => ({ ...row, pids: [...row.pids].sort((a, b) => a - b) }));
  }
}
