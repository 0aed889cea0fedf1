import type { BindFailedEvent } from "../../model/event.ts";
import type { FlowRecord } from "../../model/record.ts";
import { ownerOf } from "./owners.ts";
import type { Parts } from "./parts.ts";

/** Binds that the kernel refused, each a use of its own that never came to be. */
export class FailedBinds {
  readonly #parts: Parts;
  #rows: FlowRecord[] = [];
  #count = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  add(event: BindFailedEvent): void {
    const { at, protocol, local, error, process } = event;
    const { usages, processes } = this.#parts;
    const owner = ownerOf({ ...(process && { process }), evidence: { source: "context" } }, processes);
    const state = usages.of(owner.application, "bind-failed", protocol, local.port, local.address);
    usages.failed(state, at);
    this.#count++;
    const flow = `bind:${this.#count}`;
    const row: FlowRecord = { flow, usage: state.usage, startedAt: at, endedAt: at, error, evidence: "context" };
    if (process !== undefined) row.process = process;
    this.#rows.push(row);
  }

  take(): FlowRecord[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }
}
