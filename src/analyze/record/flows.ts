import type { FlowEvent } from "../../model/event.ts";
import type { Gap } from "../../model/gap.ts";
import type { FlowRecord } from "../../model/record.ts";
import type { Micros } from "../../model/time.ts";
import { rowOf } from "./flow-row.ts";
import { SPANS } from "./limits.ts";
import { lasted, type Moment } from "./moment.ts";
import { Overflow } from "./overflow.ts";
import type { Parts } from "./parts.ts";
import { Settling } from "./settling.ts";
import type { UsageState } from "./usages.ts";

/** A connection or exchange that goes on. */
type Open = {
  /** What is known of it until now. */
  readonly row: FlowRecord;
  readonly state: UsageState;
  /** When its row begins, by the steady clock; and how long its flow was open by then, by the wall clock. */
  readonly began: Micros;
  readonly before: Micros;
  /** How long it had lasted at its latest event, and the steady clock then. */
  span: Micros;
  usedAt: Micros;
  writtenAt: Micros;
};

/** Connections and exchanges: one row for a short one; for a long one a row while it is open, again as it grows. */
export class Flows {
  /** The present moment, which the fold sets. */
  now: Moment;
  readonly #parts: Parts;
  readonly #settling = new Settling();
  readonly #open = new Map<string, Open>();
  /** Those of UDP, the one longest without a datagram first. */
  readonly #exchanges = new Set<Open>();
  /** Those that were never written, or that grew since. */
  readonly #grown = new Set<Open>();
  readonly #overflow = new Overflow("more open connections than are kept in mind: the later ones are missing");
  #rows: FlowRecord[] = [];

  constructor(parts: Parts, now: Moment) {
    this.#parts = parts;
    this.now = now;
  }

  /** Rows that have come together. */
  get pending(): number {
    return this.#rows.length;
  }

  /** Takes one event; `found` tells of a flow that was open before the recorder came. */
  add(event: FlowEvent, found: boolean): void {
    this.#parts.addresses.add(event.local.address, this.now.steady);
    if (event.failed !== undefined) this.#failed(event);
    else if (event.begun && event.ended) this.#short(event);
    else {
      const known = this.#open.get(event.flow);
      if (known !== undefined) this.#goesOn(known, event);
      else this.#isNew(event, found);
    }
  }

  /** The rows that came together. `last`: nothing follows, so that whatever grew is written. */
  take(last: boolean): { flows: FlowRecord[]; gaps: Gap[] } {
    const { steady } = this.now;
    for (const { event, told } of this.#settling.due(steady, last)) this.#opens(event, false, told);
    for (const flow of this.#exchanges) {
      if (steady - flow.usedAt < SPANS.idle) break;
      this.#end(flow);
    }
    for (const flow of this.#grown) {
      if (!last && steady - flow.writtenAt < SPANS.refresh) continue;
      this.#grown.delete(flow);
      flow.writtenAt = steady;
      this.#rows.push({ ...flow.row });
    }
    const rows = this.#rows;
    this.#rows = [];
    return { flows: rows, gaps: this.#overflow.take() };
  }

  /** Most connections: all of it in one event. */
  #short(event: FlowEvent): void {
    const { row, state } = rowOf(event, this.#parts);
    row.endedAt = Math.max(event.startedAt, event.at);
    if (event.bytesIn !== undefined) row.bytesIn = event.bytesIn;
    if (event.bytesOut !== undefined) row.bytesOut = event.bytesOut;
    this.#rows.push(row);
    const { usages } = this.#parts;
    usages.began(state, row.startedAt);
    usages.used(state, row.endedAt, event.bytesIn, event.bytesOut);
  }

  #failed(event: FlowEvent): void {
    const attempt = this.#open.get(event.flow);
    if (attempt !== undefined) this.#forget(attempt, event.at);
    const { row, state } = rowOf(event, this.#parts);
    row.endedAt = Math.max(event.startedAt, event.at);
    row.error = event.failed ?? "unknown";
    this.#rows.push(row);
    this.#parts.usages.failed(state, row.endedAt);
  }

  #isNew(event: FlowEvent, found: boolean): void {
    const settled = this.#settling.add(event, this.now.steady);
    if (settled === undefined) return;
    if (settled.begun && settled.ended) this.#short(settled);
    else this.#opens(settled, found, this.now.steady);
  }

  /** `steady` is the steady clock at the event. */
  #opens(event: FlowEvent, found: boolean, steady: Micros): void {
    if (isAfterthought(event)) return;
    if (this.#open.size >= this.#parts.limits.flows) {
      if (event.begun) this.#overflow.count(event.at);
      return;
    }
    const { row, state } = rowOf(event, this.#parts);
    // One that goes on and is not known was idle for long, or its beginning was lost. An attempt is neither.
    const resumed = !event.begun && event.evidence.source !== "polled";
    if (found || (resumed && event.protocol === "tcp")) row.found = true;
    if (resumed) row.startedAt = event.at;
    const open = event.at - event.startedAt;
    const flow: Open = {
      row,
      state,
      began: resumed ? steady : steady - Math.max(0, open),
      before: resumed ? open : 0,
      span: 0,
      usedAt: steady,
      writtenAt: Number.NEGATIVE_INFINITY,
    };
    this.#open.set(event.flow, flow);
    this.#grown.add(flow);
    // A datagram's socket may stay open for months: an exchange is in use when something is exchanged.
    if (event.protocol === "tcp") this.#parts.usages.opened(state, this.now);
    this.#goesOn(flow, event, steady);
  }

  #goesOn(flow: Open, event: FlowEvent, steady = this.now.steady): void {
    const { row, state } = flow;
    const { usages } = this.#parts;
    if (event.begun && row.found === undefined) usages.began(state, row.startedAt);
    usages.used(state, event.at, event.bytesIn, event.bytesOut);
    if (event.bytesIn !== undefined) row.bytesIn = (row.bytesIn ?? 0) + event.bytesIn;
    if (event.bytesOut !== undefined) row.bytesOut = (row.bytesOut ?? 0) + event.bytesOut;
    // Its usage stays what it was, whoever accepted it since.
    if (event.process !== undefined) row.process = event.process;
    row.evidence = event.evidence.source;
    flow.span = lasted(event.at - event.startedAt - flow.before, steady - flow.began);
    flow.usedAt = steady;
    if (event.ended) {
      this.#end(flow, event.at);
      return;
    }
    if (event.bytesIn !== 0 || event.bytesOut !== 0) this.#grown.add(flow);
    if (row.usage.protocol !== "udp") return;
    this.#exchanges.delete(flow);
    this.#exchanges.add(flow);
  }

  #end(flow: Open, at = this.now.wall): void {
    this.#forget(flow, at);
    flow.row.endedAt = flow.row.startedAt + flow.span;
    this.#rows.push(flow.row);
  }

  #forget(flow: Open, at: Micros): void {
    this.#open.delete(flow.row.flow);
    this.#exchanges.delete(flow);
    this.#grown.delete(flow);
    if (flow.row.usage.protocol === "tcp") this.#parts.usages.closed(flow.state, at);
  }
}

/** The end of an exchange that was idle for so long that it had ended here: its socket closes. */
function isAfterthought({ protocol, begun, ended, bytesIn = 0, bytesOut = 0 }: FlowEvent): boolean {
  return protocol === "udp" && ended && !begun && bytesIn + bytesOut === 0;
}
