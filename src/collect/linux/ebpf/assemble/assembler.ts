import { errnoName } from "../../../../ffi/errno.ts";
import type { CollectorEvent, FlowEvent, ListenEvent } from "../../../../model/event.ts";
import type { EventSink } from "../../../../model/interfaces.ts";
import type { Micros } from "../../../../model/time.ts";
import type { FromConsumer } from "../messages.ts";
import { COOKIE_RECORD, DNS_RECORD, FAILED_RECORD, HEAD, RECORD_KIND, SOCK_RECORD } from "../records.gen.ts";
import { eachRecord } from "../ring.ts";
import { Callers } from "./callers.ts";
import { Clock } from "./clock.ts";
import { parseAnswer } from "./dns.ts";
import { type AddressBook, addressBook, cookieAt, type Fields, fieldsOf, headAt, type Link, u64 } from "./fields.ts";
import { TcpFlows } from "./flows.ts";
import { Listeners } from "./listeners.ts";
import { Losses } from "./losses.ts";
import { Processes, type ProcessSource } from "./processes.ts";
import { SMALLEST } from "./smallest.ts";
import { type Decoding, type SocketRecord, socketRecordAt } from "./socket-record.ts";
import { UdpExchanges } from "./udp.ts";

/** What the machine tells beside the records. */
export type Surroundings = ProcessSource & {
  bootTime: Micros;
  /** Microseconds between time since boot and wall time. */
  offset: number;
  hasUdpBytes: boolean;
  interfaceName(link: Link): string | undefined;
};

/** Messages of the consumer's thread that tell of events. */
export type Delivered = "ring" | "sweep" | "callers" | "udp-open";

/** Turns the bytes of a capture into events, batch by batch, in order. It opens nothing and asks no clock. */
export class Assembler {
  readonly #clock: Clock;
  readonly #addresses: AddressBook;
  readonly #decoding: Decoding;
  readonly #processes: Processes;
  readonly #listeners = new Listeners();
  readonly #tcp: TcpFlows;
  readonly #udp: UdpExchanges;
  readonly #losses: Losses;
  readonly #callers = new Callers();
  readonly #sink: EventSink;
  #events: CollectorEvent[] = [];

  /** `sink` is given the events as they come about. */
  constructor(surroundings: Surroundings, startedAt: Micros, sink: EventSink) {
    this.#sink = sink;
    this.#clock = new Clock(surroundings.bootTime, surroundings.offset);
    this.#addresses = addressBook((link) => surroundings.interfaceName(link));
    this.#decoding = {
      clock: this.#clock,
      addresses: this.#addresses,
      callers: (pid, stack) => this.#callers.of(pid, stack),
    };
    const emit = (event: CollectorEvent) => void this.#events.push(event);
    const emitOwned = (event: FlowEvent | ListenEvent) => {
      this.#processes.need(event.process, event.at);
      emit(event);
    };
    this.#processes = new Processes(emit, surroundings, this.#clock);
    this.#tcp = new TcpFlows(emitOwned);
    this.#udp = new UdpExchanges(
      (event) => (event.kind === "unlisten" ? emit(event) : emitOwned(event)),
      this.#decoding,
      surroundings.hasUdpBytes,
    );
    this.#losses = new Losses(startedAt);
  }

  /** Tells the events of one message of the consumer's thread. */
  take(message: Extract<FromConsumer, { kind: Delivered }>, now: Micros): void {
    if (message.kind === "callers") this.#callers.keep(message.pid, message.stack, message.callers);
    else if (message.kind === "ring") this.#ring(message.bytes);
    else if (message.kind === "udp-open") this.#udpOpen(message.seed, message.at);
    else this.#sweep(message, now);
    this.#flush();
  }

  /** Tells what was open before the capture: one record per socket and holder. */
  seed(bytes: Uint8Array): void {
    const fields = fieldsOf(bytes);
    const records: SocketRecord[] = [];
    const held: SocketRecord[] = [];
    for (let at = 0; at + SOCK_RECORD.size <= bytes.length; at += SOCK_RECORD.size) {
      records.push(socketRecordAt(fields, at, this.#decoding));
    }
    const listening = new Set<string>();
    const holders = new Map<number | string, Set<number>>();
    const key = (record: SocketRecord) => record.identity || portOf(record);
    for (const record of records) {
      if (record.kind === RECORD_KIND.RECORD_LISTEN && record.protocol === "tcp") listening.add(portOf(record));
      const pids = holders.get(key(record)) ?? new Set();
      const pid = record.process?.pid ?? 0;
      if (pids.has(pid)) continue; // by another of its file descriptors
      holders.set(key(record), pids.add(pid));
      held.push(record);
    }
    for (const record of held) {
      const [first, ...others] = holders.get(key(record)) ?? [];
      if (record.kind === RECORD_KIND.RECORD_LISTEN) this.#listen(record, "holder");
      else if (!record.late || !record.established)
        continue; // begun since, or not yet: it is told when that is seen
      else if (first !== undefined && first === (record.process?.pid ?? 0)) {
        record.inbound = listening.has(portOf(record));
        this.#tcp.late(record, [first, ...others]);
      }
    }
    this.#flush();
  }

  #udpOpen(seed: Uint8Array, at: Micros): void {
    const fields = fieldsOf(seed);
    const open = new Set<number>();
    for (let offset = 0; offset + SOCK_RECORD.size <= seed.length; offset += SOCK_RECORD.size) {
      if (headAt(fields, offset).protocol === "udp") open.add(cookieAt(fields, offset + SOCK_RECORD.identity));
    }
    this.#udp.stillOpen(open, at);
  }

  #flush(): void {
    const events = this.#events;
    if (events.length === 0) return;
    this.#events = [];
    this.#sink(events);
  }

  /** Events of a large batch are told by and by: those that live for a moment only cost the collector of garbage little. */
  #flushMany(): void {
    if (this.#events.length >= MANY) this.#flush();
  }

  #ring(bytes: Uint8Array): void {
    const fields = fieldsOf(bytes);
    eachRecord(bytes, (offset, length) => {
      this.#record(fields, offset, length);
      this.#flushMany();
    });
  }

  #record(fields: Fields, offset: number, length: number): void {
    if (length < HEAD.size) return;
    const kind = fields.view.getUint16(offset + HEAD.kind, true);
    if (length < (SMALLEST[kind] ?? Number.POSITIVE_INFINITY)) return;
    switch (kind) {
      case RECORD_KIND.RECORD_FLOW:
        this.#tcp.flow(socketRecordAt(fields, offset, this.#decoding));
        break;
      case RECORD_KIND.RECORD_ACCEPT: {
        const head = headAt(fields, offset);
        const cookie = cookieAt(fields, offset + COOKIE_RECORD.cookie);
        this.#tcp.accepted(cookie, this.#clock.process(head.pid, head.started));
        break;
      }
      case RECORD_KIND.RECORD_LISTEN:
        this.#listen(socketRecordAt(fields, offset, this.#decoding), "context");
        break;
      case RECORD_KIND.RECORD_UNLISTEN: {
        const record = socketRecordAt(fields, offset, this.#decoding);
        const socket = this.#listeners.closed(record);
        if (socket !== undefined) this.#events.push({ kind: "unlisten", at: record.at, socket });
        break;
      }
      case RECORD_KIND.RECORD_UDP_CLOSE: {
        const head = headAt(fields, offset);
        const cookie = cookieAt(fields, offset + COOKIE_RECORD.cookie);
        this.#udp.closed(cookie, this.#clock.wall(head.at));
        break;
      }
      case RECORD_KIND.RECORD_BIND_FAILED:
      case RECORD_KIND.RECORD_CONNECT_FAILED:
        this.#failed(fields, offset, kind === RECORD_KIND.RECORD_BIND_FAILED);
        break;
      case RECORD_KIND.RECORD_DNS:
        this.#name(fields, offset);
        break;
      case RECORD_KIND.RECORD_EXEC:
        this.#processes.exec(fields, offset, length);
        break;
      case RECORD_KIND.RECORD_FORK:
        this.#processes.fork(fields, offset);
        break;
      case RECORD_KIND.RECORD_EXIT:
        this.#processes.exit(fields, offset);
        break;
    }
  }

  #listen(record: SocketRecord, source: "context" | "holder"): void {
    const event = this.#listenEvent(record, source);
    if (record.protocol === "udp" && !this.#isListener(record, event)) return;
    this.#processes.need(record.process, record.at);
    this.#events.push(event);
  }

  /**
   * A UDP socket found open on a port that the system chose may never have been bound. One without a cookie cannot be
   * followed, and is told at once where its program chose the port.
   */
  #isListener(record: SocketRecord, event: ListenEvent): boolean {
    if (event.evidence.source === "holder" && record.portChosenBy === "system") return false;
    if (record.identity !== 0) return this.#udp.bound(record.identity, event);
    event.socket = `udp:bind:${record.openedNanos}`;
    return record.portChosenBy === "application";
  }

  #listenEvent(record: SocketRecord, source: "context" | "holder"): ListenEvent {
    return {
      kind: "listen",
      at: record.at,
      socket: record.protocol === "tcp" ? this.#listeners.name(record) : `udp:${record.identity}`,
      protocol: record.protocol,
      local: record.local,
      evidence: { source },
      networkNamespace: record.networkNamespace,
      ...(record.portChosenBy && { portChosenBy: record.portChosenBy }),
      ...(record.process && { process: record.process }),
      ...(record.callers && { callers: record.callers }),
    };
  }

  #failed(fields: Fields, offset: number, bind: boolean): void {
    const head = headAt(fields, offset);
    const error = fields.view.getUint16(offset + FAILED_RECORD.error, true);
    const cookie = cookieAt(fields, offset + FAILED_RECORD.cookie);
    if (!bind && head.protocol === "tcp" && cookie !== 0 && this.#tcp.connectFailed(cookie, error)) return;
    const at = this.#clock.wall(head.at);
    const process = this.#clock.process(head.pid, head.started);
    this.#processes.need(process, at);
    const address = this.#addresses.text(fields, offset + FAILED_RECORD.addr, head.family);
    const asked = { address, port: fields.view.getUint16(offset + FAILED_RECORD.port, true) };
    const common = { at, protocol: head.protocol, ...(process && { process }) };
    if (bind) {
      this.#events.push({ ...common, kind: "bind-failed", local: asked, error: errnoName(error) });
      return;
    }
    this.#events.push({
      ...common,
      kind: "flow",
      flow: `failed:${head.pid}:${head.at}`,
      direction: "outbound",
      local: { address: head.family === 2 ? "0.0.0.0" : "::", port: 0 },
      remote: asked,
      startedAt: at,
      begun: false,
      ended: true,
      failed: errnoName(error),
      evidence: { source: "context" },
      networkNamespace: fields.view.getUint32(offset + FAILED_RECORD.netns, true),
    });
  }

  #name(fields: Fields, offset: number): void {
    const kept = fields.view.getUint32(offset + DNS_RECORD.kept, true);
    const start = offset + DNS_RECORD.bytes;
    const answer = parseAnswer(fields.bytes.subarray(start, Math.min(start + kept, offset + DNS_RECORD.size)));
    if (answer) this.#events.push({ kind: "name", at: this.#clock.wall(u64(fields, offset + 8)), ...answer });
  }

  #sweep(message: Extract<FromConsumer, { kind: "sweep" }>, now: Micros): void {
    this.#clock.offset = message.offset;
    const fields = fieldsOf(message.flows);
    for (let at = 0; at + SOCK_RECORD.size <= message.flows.length; at += SOCK_RECORD.size) {
      this.#tcp.flow(socketRecordAt(fields, at, this.#decoding));
      this.#flushMany();
    }
    this.#udp.add(message.udp);
    this.#tcp.settle();
    if (message.flushed !== undefined) this.#processes.refresh(now);
    this.#events.push(...this.#losses.update(message.lost, now));
  }
}

/** Events that are told together. */
const MANY = 256;
function portOf(record: SocketRecord): string {
  return `${record.networkNamespace}:${record.local.port}`;
}
