import { errnoName } from "../../../../ffi/errno.ts";
import type { FlowEvent } from "../../../../model/event.ts";
import type { Evidence } from "../../../../model/evidence.ts";
import type { ProcessKey } from "../../../../model/process.ts";
import { OpenFlows } from "./open-flows.ts";
import type { SocketRecord } from "./socket-record.ts";
import { Waiting } from "./waiting.ts";

/** Errors that mean that nothing is known but that the attempt ended. */
const ABORTED = "ECONNABORTED";

type Emit = (event: FlowEvent) => void;

/**
 * Puts TCP flows together from what the hooks tell apart: the record of the connection, who accepted it, and why a
 * connect returned an error. Records of the same connection may come in either order, since its close can overtake them.
 */
export class TcpFlows {
  readonly #emit: Emit;
  readonly #open = new OpenFlows();
  /** Ended inbound flows that nobody was seen to accept yet, by cookie. */
  readonly #unaccepted = new Waiting<SocketRecord>();
  /** Failed attempts whose connect has not returned yet, or never will (non-blocking ones); undefined once told. */
  readonly #failed = new Waiting<SocketRecord | undefined>();
  #count = 0;

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  /** A connection that ended, or one that a sweep found open. */
  flow(record: SocketRecord): void {
    if (!record.established) {
      if (record.ended) this.#fail(record);
      return;
    }
    if (record.inbound && record.ended && !record.accepted && !record.used) {
      this.#unaccepted.set(record.cookie, record);
      return;
    }
    this.#report(record);
  }

  /** A connection that was open before the capture: it counts from now on, with the bytes it has as its zero. */
  late(record: SocketRecord, candidates: number[]): void {
    const event = this.#event(record, this.#newName());
    if (candidates.length > 1) {
      delete event.process;
      event.evidence = { source: "ambiguous", candidates };
    } else event.evidence = { source: "holder" };
    const { direction, evidence, process } = event;
    const found = { direction, evidence, ...(process && { process }) };
    const { openedNanos, bytesIn, bytesOut } = record;
    this.#open.set(record.identity, { openedNanos, flow: event.flow, bytesIn, bytesOut, found });
    this.#emit({ ...event, begun: true, ended: false, bytesIn: 0, bytesOut: 0 });
  }

  /** accept returned a connection that had closed by then. */
  accepted(cookie: number, process: ProcessKey | undefined): void {
    if (!process || cookie === 0) return;
    const waiting = this.#unaccepted.take(cookie)?.value;
    if (waiting) this.#report(waiting, process);
  }

  /** connect returned `error`. True when the attempt is thereby reported; else it never got as far as a record. */
  connectFailed(cookie: number, error: number): boolean {
    const waiting = this.#failed.take(cookie);
    if (waiting?.value) this.#emit(this.#failure(waiting.value, errnoName(error)));
    return waiting !== undefined;
  }

  /** A sweep ended: what waited for its other half since the sweep before will not get one. */
  settle(): void {
    for (const record of this.#unaccepted.age()) this.#report(record);
    for (const record of this.#failed.age()) if (record) this.#emit(this.#failure(record, ABORTED));
  }

  /** Without an error of the socket's own, connect itself may yet tell why. */
  #fail(record: SocketRecord): void {
    const earlier = this.#failed.take(record.cookie)?.value;
    if (earlier) this.#emit(this.#failure(earlier, ABORTED));
    this.#failed.set(record.cookie, record.error === 0 ? record : undefined);
    if (record.error !== 0) this.#emit(this.#failure(record, errnoName(record.error)));
  }

  #failure(record: SocketRecord, failed: string): FlowEvent {
    return { ...this.#event(record, this.#newName()), begun: false, ended: true, failed };
  }

  #report(record: SocketRecord, acceptor?: ProcessKey): void {
    const { identity, openedNanos, bytesIn, bytesOut } = record;
    const before = this.#open.get(identity, openedNanos);
    const event = this.#event(record, before?.flow ?? this.#newName(), acceptor);
    event.begun = before === undefined;
    event.bytesIn = bytesIn - (before?.bytesIn ?? 0);
    event.bytesOut = bytesOut - (before?.bytesOut ?? 0);
    if (record.ended) {
      if (before) this.#open.delete(identity, before);
    } else if (before && event.bytesIn === 0 && event.bytesOut === 0) return;
    else this.#open.set(identity, { ...before, openedNanos, flow: event.flow, bytesIn, bytesOut });
    if (before?.found) {
      delete event.process;
      Object.assign(event, before.found);
    }
    this.#emit(event);
  }

  #newName(): string {
    return `tcp:${++this.#count}`;
  }

  #event(record: SocketRecord, flow: string, acceptor?: ProcessKey): FlowEvent {
    const event: FlowEvent = {
      kind: "flow",
      at: record.at,
      flow,
      protocol: "tcp",
      direction: record.inbound ? "inbound" : "outbound",
      local: record.local,
      remote: record.remote,
      startedAt: record.openedAt,
      begun: true,
      ended: record.ended,
      evidence: evidenceOf(record, acceptor),
      networkNamespace: record.networkNamespace,
    };
    const process = acceptor ?? record.process;
    if (process) event.process = process;
    if (record.callers) event.callers = record.callers;
    return event;
  }
}

const CONTEXT: Evidence = { source: "context" };
const ACCEPT: Evidence = { source: "accept" };
const LISTENER: Evidence = { source: "listener" };

function evidenceOf(record: SocketRecord, acceptor: ProcessKey | undefined): Evidence {
  if (!record.inbound || record.used) return CONTEXT;
  return acceptor || record.accepted ? ACCEPT : LISTENER;
}
