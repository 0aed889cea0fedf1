import type { ListenEvent, UnlistenEvent } from "../../model/event.ts";
import type { Gap } from "../../model/gap.ts";
import type { ProcessKey } from "../../model/process.ts";
import type { FlowRecord } from "../../model/record.ts";
import type { Micros } from "../../model/time.ts";
import { lasted, type Moment } from "./moment.ts";
import { Overflow } from "./overflow.ts";
import { better, ownerOf } from "./owners.ts";
import type { Parts } from "./parts.ts";
import type { UsageState } from "./usages.ts";

type Row = { row: FlowRecord; state: UsageState };

/** A listening socket: until the next batch its holders come together, then it has a row for each application. */
type Open = {
  event: ListenEvent;
  found: boolean;
  began: Micros;
  /** The process that speaks for each application. */
  holders: Map<string, ProcessKey | undefined>;
  rows: Row[] | undefined;
};

/** Sockets that listen, as uses of their port for as long as they are open. Several applications may hold one. */
export class Listeners {
  /** The present moment, which the fold sets. */
  now: Moment;
  readonly #parts: Parts;
  readonly #open = new Map<string, Open>();
  #fresh: Open[] = [];
  readonly #overflow = new Overflow("more listeners than are kept in mind: the later ones are missing");
  #rows: FlowRecord[] = [];

  constructor(parts: Parts, now: Moment) {
    this.#parts = parts;
    this.now = now;
  }

  /** `found` tells of one that was open before the recorder came, once for each process that holds it. */
  listen(event: ListenEvent, found: boolean): void {
    const { application, process } = ownerOf(event, this.#parts.processes);
    const known = this.#open.get(event.socket);
    if (known !== undefined) {
      const before = known.holders.get(application);
      if (process !== undefined) known.holders.set(application, better(before, process));
      return;
    }
    if (this.#open.size >= this.#parts.limits.listeners) {
      this.#overflow.count(event.at);
      return;
    }
    this.#parts.addresses.add(event.local.address, this.now.steady);
    const holders = new Map([[application, process]]);
    const open: Open = { event, found, began: this.now.steady, holders, rows: undefined };
    this.#open.set(event.socket, open);
    this.#fresh.push(open);
  }

  unlisten(event: UnlistenEvent): void {
    const open = this.#open.get(event.socket);
    if (open === undefined) return;
    this.#open.delete(event.socket);
    const span = lasted(event.at - open.event.at, this.now.steady - open.began);
    for (const { row, state } of this.#settle(open)) {
      row.endedAt = row.startedAt + span;
      this.#parts.usages.closed(state, event.at);
      this.#rows.push(row);
    }
  }

  /** The rows of listeners that opened or closed since the last call. */
  take(): { flows: FlowRecord[]; gaps: Gap[] } {
    for (const open of this.#fresh) {
      if (this.#open.get(open.event.socket) !== open) continue; // it closed meanwhile
      for (const { row } of this.#settle(open)) this.#rows.push({ ...row });
    }
    this.#fresh = [];
    const rows = this.#rows;
    this.#rows = [];
    return { flows: rows, gaps: this.#overflow.take() };
  }

  /** Process 1 holds the sockets of services that it starts on demand: it is named only where nobody else is. */
  #settle(open: Open): Row[] {
    if (open.rows !== undefined) return open.rows;
    const all = [...open.holders];
    const others = all.filter(([, process]) => process?.pid !== 1);
    open.rows = (others.length > 0 ? others : all).map(([application, process], index) =>
      this.#row(open, application, process, index),
    );
    return open.rows;
  }

  #row({ event, found }: Open, application: string, process: ProcessKey | undefined, index: number): Row {
    const { usages } = this.#parts;
    const { protocol, local, evidence } = event;
    const state = usages.of(application, "listen", protocol, local.port, local.address);
    const row: FlowRecord = {
      // A collector's names of sockets may be those of its flows.
      flow: index === 0 ? `listen:${event.socket}` : `listen:${event.socket}#${index}`,
      usage: state.usage,
      startedAt: event.at,
      evidence: evidence.source,
    };
    if (found) row.found = true;
    if (process !== undefined) row.process = process;
    usages.opened(state, this.now);
    if (found) usages.used(state, event.at);
    else usages.began(state, event.at);
    return { row, state };
  }
}
