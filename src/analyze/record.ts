import type { CollectorEvent } from "../model/event.ts";
import type { ClockStep, RecordBatch } from "../model/record.ts";
import { Addresses } from "./record/addresses.ts";
import { FailedBinds } from "./record/failed-binds.ts";
import { Flows } from "./record/flows.ts";
import { Gaps } from "./record/gaps.ts";
import { LIMITS, type Limits } from "./record/limits.ts";
import { Listeners } from "./record/listeners.ts";
import type { Moment } from "./record/moment.ts";
import { Names } from "./record/names.ts";
import type { Parts } from "./record/parts.ts";
import { type Identify, Processes } from "./record/processes.ts";
import { Steps } from "./record/steps.ts";
import { Usages } from "./record/usages.ts";

export type { Moment } from "./record/moment.ts";
export type { Identify } from "./record/processes.ts";

/** What came together for one batch of the record. */
export type Folded = Required<
  Pick<RecordBatch, "processes" | "exits" | "flows" | "hourly" | "hostAddresses" | "gaps" | "clockSteps">
>;

/** Folds a collector's events into the batches of a record. */
export type RecordFold = {
  /**
   * Adds events that were delivered `now`, in the order in which they happened; `found` where that was before the capture
   * was ready, so that they may tell of what had been there before. Memory grows with what is open, not with traffic.
   */
  add(events: readonly CollectorEvent[], now: Moment, found: boolean): void;
  /** What came together since the last call. `last`: nothing follows, so that whatever is open is brought up to date. */
  take(now: Moment, last?: boolean): Folded;
  /** How many rows have come together, about: whoever takes them before they are many needs little memory. */
  readonly pending: number;
  /** Flows that began or failed so far, and events that were lost. */
  readonly counts: { flows: number; lost: number };
};

/** An empty record as of `now`. `limits` are for tests: what goes beyond them becomes a gap. */
export function createFold(identify: Identify, now: Moment, limits: Partial<Limits> = {}): RecordFold {
  return new Fold(identify, now, { ...LIMITS, ...limits });
}

/** A collector that joins late tells so by how it knows the owner. */
const FOUND = new Set(["holder", "ambiguous", "polled"]);

class Fold implements RecordFold {
  readonly #parts: Parts;
  readonly #flows: Flows;
  readonly #listeners: Listeners;
  readonly #failedBinds: FailedBinds;
  readonly #gaps: Gaps;
  readonly #steps: Steps;
  readonly counts = { flows: 0, lost: 0 };

  constructor(identify: Identify, now: Moment, limits: Limits) {
    this.#parts = {
      limits,
      usages: new Usages(limits.usages),
      processes: new Processes(limits, identify),
      names: new Names(limits.names),
      addresses: new Addresses(limits.addresses),
    };
    this.#flows = new Flows(this.#parts, now);
    this.#listeners = new Listeners(this.#parts, now);
    this.#failedBinds = new FailedBinds(this.#parts);
    this.#gaps = new Gaps(limits.gaps);
    this.#steps = new Steps(now);
  }

  add(events: readonly CollectorEvent[], now: Moment, found: boolean): void {
    this.#flows.now = now;
    this.#listeners.now = now;
    for (const event of events) this.#add(event, found);
  }

  get pending(): number {
    return this.#flows.pending;
  }

  take(now: Moment, last = false): Folded {
    this.#flows.now = now;
    this.#listeners.now = now;
    const step = this.#steps.at(now);
    const listeners = this.#listeners.take();
    const connections = this.#flows.take(last);
    const flows = [...listeners.flows, ...this.#failedBinds.take(), ...connections.flows];
    const hourly = this.#parts.usages.take(now, last);
    const { processes, exits, gaps } = this.#parts.processes.take();
    for (const gap of [...listeners.gaps, ...connections.gaps, ...gaps]) this.#gaps.add(gap);
    this.counts.lost = this.#gaps.lost;
    return {
      processes,
      exits,
      flows,
      hourly,
      hostAddresses: this.#parts.addresses.take(),
      gaps: this.#gaps.take(),
      clockSteps: step === undefined ? [] : ([step] satisfies ClockStep[]),
    };
  }

  #add(event: CollectorEvent, found: boolean): void {
    switch (event.kind) {
      case "flow":
        if (event.begun || event.failed !== undefined) this.counts.flows++;
        this.#flows.add(event, found && FOUND.has(event.evidence.source));
        break;
      case "process":
        this.#parts.processes.add(event);
        break;
      case "exit":
        this.#parts.processes.exit(event);
        break;
      case "listen":
        this.#listeners.listen(event, found && FOUND.has(event.evidence.source));
        break;
      case "unlisten":
        this.#listeners.unlisten(event);
        break;
      case "bind-failed":
        this.#failedBinds.add(event);
        break;
      case "name":
        this.#parts.names.add(event);
        break;
      case "gap":
        this.#gaps.add(event.gap);
        break;
    }
  }
}
