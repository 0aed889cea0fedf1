import type { FlowEvent } from "../../../../model/event.ts";

/** What was told of an open flow so far; and of one found open, what was found out then, which later records do not know. */
export type Told = {
  openedNanos: number;
  flow: string;
  bytesIn: number;
  bytesOut: number;
  found?: Pick<FlowEvent, "direction" | "evidence" | "process">;
};

/**
 * Flows that have been told and have not ended. The kernel's identity of a socket comes back with another socket once it
 * has closed, and a sweep may tell of that one before the end of the first is read: so two may have the same.
 */
export class OpenFlows {
  readonly #latest = new Map<number, Told>();
  readonly #earlier = new Map<number, Told>();

  get(identity: number, openedNanos: number): Told | undefined {
    const latest = this.#latest.get(identity);
    if (latest?.openedNanos === openedNanos) return latest;
    const earlier = this.#earlier.size > 0 ? this.#earlier.get(identity) : undefined;
    return earlier?.openedNanos === openedNanos ? earlier : undefined;
  }

  set(identity: number, told: Told): void {
    const latest = this.#latest.get(identity);
    if (latest !== undefined && latest.openedNanos !== told.openedNanos) this.#earlier.set(identity, latest);
    this.#latest.set(identity, told);
  }

  delete(identity: number, told: Told): void {
    if (this.#latest.get(identity) === told) this.#latest.delete(identity);
    else if (this.#earlier.get(identity) === told) this.#earlier.delete(identity);
  }
}
