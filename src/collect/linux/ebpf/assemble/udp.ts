import type { FlowEvent, ListenEvent, UnlistenEvent } from "../../../../model/event.ts";
import type { Micros } from "../../../../model/time.ts";
import { UDP_KEY, UDP_VALUE } from "../records.gen.ts";
import type { UdpEntries } from "../udp-map.ts";
import { cookieAt, fieldsOf, u64 } from "./fields.ts";
import type { Decoding } from "./socket-record.ts";

/** Exchanges that are kept in mind; beyond that the oldest is taken for ended. */
const KEPT = 100_000;

/** `port_chosen` of programs/records.h: by the application. */
const CHOSEN = 1;

type Exchange = { event: FlowEvent; cookie: number };
/** A socket that a program bound, and how far its listener has been told. */
type Bound = { event: ListenEvent; told: "not" | "listen" | "unlisten" };
type Emit = (event: FlowEvent | ListenEvent | UnlistenEvent) => void;

/** Puts UDP exchanges together from what each sweep counted for a socket and a peer. */
export class UdpExchanges {
  readonly #emit: Emit;
  readonly #decoding: Decoding;
  readonly #hasBytes: boolean;
  readonly #known = new Map<string, Exchange>();
  readonly #bySocket = new Map<number, Set<string>>();
  readonly #bound = new Map<number, Bound>();
  /**
   * Sockets that closed since the last drain, and since the one before, and when. Their counts come after them, from
   * either map: until both are drained, nothing of such a socket has ended.
   */
  #closedNow = new Map<number, Micros>();
  #closedBefore = new Map<number, Micros>();

  /** From when on closings are seen, and what was open then; what was last used before and is not among it has closed. */
  #watched: { open: ReadonlySet<number>; at: Micros } | undefined;

  /** `hasBytes`: whether the kernel's length tracepoints count; without them neither bytes nor datagrams are known. */
  constructor(emit: Emit, decoding: Decoding, hasBytes: boolean) {
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
    for (const [cookie, at] of this.#closedBefore) this.#forget(cookie, at);
    this.#closedBefore = this.#closedNow;
    this.#closedNow = new Map();
  }

  /**
   * A program bound this socket. True when that makes it a listener at once: it chose the port. Where the system chose,
   * nobody knows where to send until the program says so: it is told when the first peer begins.
   */
  bound(cookie: number, event: ListenEvent): boolean {
    const chosen = event.portChosenBy !== "system";
    this.#bound.set(cookie, { event, told: chosen ? "listen" : "not" });
    return chosen;
  }

  /** The only sockets that are still open at `at`: whichever else was bound went away before anybody watched. */
  stillOpen(open: ReadonlySet<number>, at: Micros): void {
    this.#watched = { open, at };
    for (const cookie of [...this.#bound.keys(), ...this.#bySocket.keys()])
      if (!open.has(cookie)) this.closed(cookie, at);
  }

  /** A socket went away. */
  closed(cookie: number, at: Micros): void {
    if (this.#closedNow.has(cookie) || this.#closedBefore.has(cookie)) return;
    this.#closedNow.set(cookie, at);
    this.#tellEnd(cookie, at);
  }

  /** All is counted of a socket that went away at `at`. */
  #forget(cookie: number, at: Micros): void {
    for (const key of this.#bySocket.get(cookie) ?? []) this.#end(key, at);
    this.#tellEnd(cookie, at);
    this.#bound.delete(cookie);
  }

  #addOne(entries: UdpEntries, index: number): void {
    const { keys, values } = entries;
    const key = fieldsOf(keys);
    const value = fieldsOf(values);
    const k = index * UDP_KEY.size;
    const v = index * UDP_VALUE.size;
    const cookie = cookieAt(key, k + UDP_KEY.cookie);
    const id = Buffer.from(keys.buffer, keys.byteOffset + k, UDP_KEY.size).toString("latin1");
    const known = this.#known.get(id);
    const event = known?.event ?? this.#begin(entries, index, cookie);
    const at = this.#decoding.clock.wall(u64(value, v + UDP_VALUE.last));
    const bytesIn = u64(value, v + UDP_VALUE.bytesIn);
    const bytesOut = u64(value, v + UDP_VALUE.bytesOut);
    if (!known && event.direction === "inbound") this.#tellListener(cookie, event);
    const ended = this.#closedBefore.has(cookie);
    this.#emit({ ...event, at, begun: !known, ended, ...(this.#hasBytes && { bytesIn, bytesOut }) });
    if (ended) this.#drop(id);
    else if (!known) this.#remember(id, { event, cookie });
    if (this.#watched && at <= this.#watched.at && !this.#watched.open.has(cookie)) this.closed(cookie, at);
  }

  /** The first peer begins. Where no bind was seen, the flow itself says that the program chose the port. */
  #tellListener(cookie: number, flow: FlowEvent): void {
    const { protocol, local, evidence, startedAt: at, process, networkNamespace } = flow;
    if (!this.#bound.has(cookie)) {
      const socket = `udp:${cookie}`;
      const owner = { ...(process && { process }), ...(networkNamespace !== undefined && { networkNamespace }) };
      const event: ListenEvent = {
        kind: "listen",
        at,
        socket,
        protocol,
        local,
        evidence,
        portChosenBy: "application",
        ...owner,
      };
      this.#bound.set(cookie, { event, told: "not" });
    }
    const bound = this.#bound.get(cookie);
    if (bound?.told !== "not") return;
    bound.told = "listen";
    this.#emit(bound.event);
  }

  #tellEnd(cookie: number, at: Micros): void {
    const bound = this.#bound.get(cookie);
    if (bound?.told !== "listen") return;
    bound.told = "unlisten";
    this.#emit({ kind: "unlisten", at, socket: bound.event.socket });
  }

  #begin({ keys, values }: UdpEntries, index: number, cookie: number): FlowEvent {
    const key = fieldsOf(keys);
    const value = fieldsOf(values);
    const k = index * UDP_KEY.size;
    const v = index * UDP_VALUE.size;
    const { clock, addresses } = this.#decoding;
    const networkNamespace = value.view.getUint32(v + UDP_VALUE.netns, true);
    const pid = value.view.getUint32(v + UDP_VALUE.pid, true);
    const link = { index: value.view.getInt32(v + UDP_VALUE.ifindex, true), networkNamespace, pid };
    const localFamily = values[v + UDP_VALUE.family] ?? 0;
    const local = addresses.text(value, v + UDP_VALUE.laddr, localFamily, link);
    const remote = addresses.text(key, k + UDP_KEY.raddr, keys[k + UDP_KEY.family] ?? 0, link);
    const remotePort = key.view.getUint16(k + UDP_KEY.rport, true);
    const process = clock.process(pid, u64(value, v + UDP_VALUE.started));
    const startedAt = clock.wall(u64(value, v + UDP_VALUE.first));
    const known = remotePort !== 0;
    // A datagram to a port that no program asked for is an answer, whoever sent it.
    const open = this.#bound.has(cookie) || values[v + UDP_VALUE.portChosen] === CHOSEN;
    return {
      kind: "flow",
      at: startedAt,
      flow: `udp:${cookie}:${remote}:${remotePort}`,
      protocol: "udp",
      direction: values[v + UDP_VALUE.inbound] && open ? "inbound" : "outbound",
      local: { address: local, port: value.view.getUint16(v + UDP_VALUE.lport, true) },
      startedAt,
      begun: true,
      ended: false,
      evidence: { source: "context" },
      networkNamespace,
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
    const exchange = this.#drop(id);
    if (!exchange) return;
    const added = this.#hasBytes && { bytesIn: 0, bytesOut: 0 };
    this.#emit({ ...exchange.event, at, begun: false, ended: true, ...added });
  }

  #drop(id: string): Exchange | undefined {
    const exchange = this.#known.get(id);
    if (!exchange) return undefined;
    this.#known.delete(id);
    const others = this.#bySocket.get(exchange.cookie);
    others?.delete(id);
    if (others?.size === 0) this.#bySocket.delete(exchange.cookie);
    return exchange;
  }
}
