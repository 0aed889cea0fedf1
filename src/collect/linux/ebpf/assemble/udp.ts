import type { FlowEvent, ListenEvent } from "../../../../model/event.ts";
import type { Micros } from "../../../../model/time.ts";
import { UDP_KEY, UDP_VALUE } from "../records.gen.ts";
import type { UdpEntries } from "../udp-map.ts";
import { fieldsOf, u64 } from "./fields.ts";
import type { Decoding } from "./socket-record.ts";

/** Exchanges that are kept in mind; beyond that the oldest is taken for ended. */
const KEPT = 100_000;

type Exchange = { event: FlowEvent; cookie: number };

/** Puts UDP exchanges together from what each sweep counted for a socket and a peer. */
export class UdpExchanges {
  readonly #emit: (event: FlowEvent | ListenEvent) => void;
  readonly #decoding: Decoding;
  readonly #hasBytes: boolean;
  readonly #known = new Map<string, Exchange>();
  readonly #bySocket = new Map<number, Set<string>>();
  /** Sockets that a program bound, until they are told as listeners. */
  readonly #bound = new Map<number, ListenEvent | undefined>();
  /** Sockets that closed since the last drain, and since the one before: their counts come after them. */
  #closedNow = new Set<number>();
  #closedBefore = new Set<number>();

  /** `hasBytes`: whether the kernel's length tracepoints count; without them neither bytes nor datagrams are known. */
  constructor(emit: (event: FlowEvent | ListenEvent) => void, decoding: Decoding, hasBytes: boolean) {
    this.#emit = emit;
    this.#decoding = decoding;
    this.#hasBytes = hasBytes;
  }

  /** What one sweep drained. */
  add(entries: UdpEntries): void {
    const values = fieldsOf(entries.values);
    const order = Array.from({ length: Math.floor(entries.keys.length / UDP_KEY.size) }, (_, index) => index);
    const first = (index: number) => u64(values, index * UDP_VALUE.size + UDP_VALUE.first);
    order.sort((a, b) => first(a) - first(b));
    for (const index of order) this.#addOne(entries, index);
    for (const cookie of this.#closedBefore) this.#bound.delete(cookie);
    this.#closedBefore = this.#closedNow;
    this.#closedNow = new Set();
  }

  /**
   * A program bound this socket. True when that makes it a listener at once: it chose the port. Where the system chose,
   * nobody knows where to send until the program says so: it is told when the first peer begins.
   */
  bound(cookie: number, event: ListenEvent): boolean {
    const chosen = event.portChosenBy !== "system";
    this.#bound.set(cookie, chosen ? undefined : event);
    return chosen;
  }

  /** A socket went away, and its exchanges with it. */
  closed(cookie: number, at: Micros): void {
    this.#closedNow.add(cookie);
    for (const key of this.#bySocket.get(cookie) ?? []) this.#end(key, at);
  }

  #addOne(entries: UdpEntries, index: number): void {
    const { keys, values } = entries;
    const key = fieldsOf(keys);
    const value = fieldsOf(values);
    const k = index * UDP_KEY.size;
    const v = index * UDP_VALUE.size;
    const cookie = u64(key, k + UDP_KEY.cookie);
    const id = Buffer.from(keys.buffer, keys.byteOffset + k, UDP_KEY.size).toString("latin1");
    const known = this.#known.get(id);
    const event = known?.event ?? this.#begin(entries, index, cookie);
    const at = this.#decoding.clock.wall(u64(value, v + UDP_VALUE.last));
    const bytes = this.#hasBytes && {
      bytesIn: u64(value, v + UDP_VALUE.bytesIn),
      bytesOut: u64(value, v + UDP_VALUE.bytesOut),
    };
    if (!known && event.direction === "inbound") this.#tellListener(cookie);
    const ended = this.#closedNow.has(cookie) || this.#closedBefore.has(cookie);
    this.#emit({ ...event, at, begun: !known, ended, ...bytes });
    if (!known && !ended) this.#remember(id, { event, cookie });
  }

  #tellListener(cookie: number): void {
    const event = this.#bound.get(cookie);
    if (!event) return;
    this.#bound.set(cookie, undefined);
    this.#emit(event);
  }

  #begin({ keys, values }: UdpEntries, index: number, cookie: number): FlowEvent {
    const key = fieldsOf(keys);
    const value = fieldsOf(values);
    const k = index * UDP_KEY.size;
    const v = index * UDP_VALUE.size;
    const { clock, addresses } = this.#decoding;
    const interfaceIndex = value.view.getInt32(v + UDP_VALUE.ifindex, true);
    const localFamily = values[v + UDP_VALUE.family] ?? 0;
    const local = addresses.text(value, v + UDP_VALUE.laddr, localFamily, interfaceIndex);
    const remote = addresses.text(key, k + UDP_KEY.raddr, keys[k + UDP_KEY.family] ?? 0, interfaceIndex);
    const remotePort = key.view.getUint16(k + UDP_KEY.rport, true);
    const process = clock.process(value.view.getUint32(v + UDP_VALUE.pid, true), u64(value, v + UDP_VALUE.started));
    const startedAt = clock.wall(u64(value, v + UDP_VALUE.first));
    // Whoever receives from nobody in particular, on a port that nobody chose, waits for an answer.
    const known = remotePort !== 0;
    return {
      kind: "flow",
      at: startedAt,
      flow: `udp:${cookie}:${remote}:${remotePort}`,
      protocol: "udp",
      direction: values[v + UDP_VALUE.inbound] && (known || this.#bound.has(cookie)) ? "inbound" : "outbound",
      local: { address: local, port: value.view.getUint16(v + UDP_VALUE.lport, true) },
      startedAt,
      begun: true,
      ended: false,
      evidence: { source: "context" },
      networkNamespace: value.view.getUint32(v + UDP_VALUE.netns, true),
      ...(known && { remote: { address: remote, port: remotePort } }),
      ...(process && { process }),
    };
  }

  #remember(id: string, exchange: Exchange): void {
    this.#known.set(id, exchange);
    const others = this.#bySocket.get(exchange.cookie) ?? new Set();
    this.#bySocket.set(exchange.cookie, others.add(id));
    if (this.#known.size <= KEPT) return;
    const oldest = this.#known.keys().next();
    if (!oldest.done) this.#end(oldest.value, exchange.event.at);
  }

  #end(id: string, at: Micros): void {
    const exchange = this.#known.get(id);
    if (!exchange) return;
    this.#known.delete(id);
    const others = this.#bySocket.get(exchange.cookie);
    others?.delete(id);
    if (others?.size === 0) this.#bySocket.delete(exchange.cookie);
    this.#emit({ ...exchange.event, at, begun: false, ended: true });
  }
}
