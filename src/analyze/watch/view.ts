import { type Change, isSocketChange, type SocketChange } from "../../model/change.ts";
import type { Socket } from "../../model/socket.ts";
import type { Micros } from "../../model/time.ts";
import { compareKeys, type Keys, keysOf, type Order } from "./order.ts";
import { Sorted } from "./sorted.ts";

/** A row of the live table. */
export type Row = {
  readonly socket: Socket;
  /** Its state; of what failed, the errno name. */
  readonly state: string;
  /** Came to be, or ended, within the last refreshes. */
  readonly mark: "new" | "closing" | undefined;
};

type Entry = {
  id: string;
  socket: Socket;
  state: string;
  /** The how manieth to come. */
  age: number;
  keys: Keys;
  /** In which refresh it came and went. */
  born: number;
  died: number | undefined;
  movedAt: Micros;
};

/** For so many refreshes a row is shown as new, or as closing. */
const MOMENT = 2;

/** Of what came and went between two refreshes, so many are shown at most: no screen has more lines. */
const FLEETING = 1000;

/**
 * A UDP exchange that has not moved for so long is over for a reader, although its socket is open: as long as the kernel's
 * own tracking takes it for one (nf_conntrack_udp_timeout, Documentation/networking/nf_conntrack-sysctl.rst).
 */
const UDP_IDLE: Micros = 30_000_000;

/** The rows of the live table: which there are, in which order, and which of them to point out. It asks no clock. */
export class View {
  readonly #entries = new Map<string, Entry>();
  readonly #udp = new Map<string, Entry>();
  #dying: Entry[] = [];
  #fleeting: Entry[] = [];
  #means: (socket: Socket) => boolean = () => true;
  #order: Order = { by: "port", reversed: false };
  readonly #sorted = new Sorted<Entry>(comparison(this.#order));
  #refresh = 0;
  #count = 0;

  /** Begins anew with what is open: none of it is new. */
  reset(open: readonly SocketChange[]): void {
    for (const each of [this.#entries, this.#udp]) each.clear();
    this.#dying = [];
    this.#fleeting = [];
    for (const change of open) this.#came(change, this.#refresh - MOMENT - 1);
    this.#rebuild();
  }

  add(changes: readonly Change[]): void {
    for (const change of changes) if (isSocketChange(change)) this.#change(change);
  }

  /** The next refresh, at `now`. */
  refresh(now: Micros): void {
    this.#refresh++;
    this.#fleeting = [];
    const gone = this.#dying.filter(({ died = 0 }) => this.#refresh - died > MOMENT);
    if (gone.length > 0) this.#dying = this.#dying.filter(({ died = 0 }) => this.#refresh - died <= MOMENT);
    for (const entry of gone) this.#drop(entry);
    for (const entry of this.#udp.values()) {
      if (now - entry.movedAt <= UDP_IDLE) break; // in the order in which they last moved
      if (entry.died === undefined) this.#drop(entry);
    }
  }

  /** Shows only sockets for which `means` holds. */
  filter(means: (socket: Socket) => boolean): void {
    this.#means = means;
    this.#rebuild();
  }

  sort(order: Order): void {
    this.#order = order;
    for (const entry of this.#entries.values()) entry.keys = keysOf(entry, order.by);
    this.#rebuild();
  }

  /** How many rows there are. */
  get length(): number {
    return this.#sorted.items.length;
  }

  /** The rows from place `from` on, at most `count`. */
  rows(from: number, count: number): Row[] {
    return this.#sorted.items.slice(from, from + count).map((entry) => ({
      socket: entry.socket,
      state: entry.state,
      mark: entry.died !== undefined ? "closing" : this.#refresh - entry.born <= MOMENT ? "new" : undefined,
    }));
  }

  #change(change: SocketChange): void {
    const entry = this.#entries.get(change.id);
    switch (change.event) {
      case "open":
        this.#came(change, this.#refresh - MOMENT - 1);
        break;
      case "traffic":
        if (entry === undefined) this.#came(change, this.#refresh - MOMENT - 1);
        else this.#moved(entry, change);
        break;
      case "close":
        if (entry !== undefined) this.#went(entry, change.socket, entry.state);
        break;
      case "failed":
      case "bind-failed":
        this.#went(entry ?? this.#came(change, this.#refresh), change.socket, change.error ?? change.socket.state);
        break;
      default:
        if (entry === undefined) this.#came(change, this.#refresh);
        else this.#become(entry, change.socket, change.socket.state);
    }
  }

  #came({ id, socket, at }: SocketChange, born: number): Entry {
    const { state } = socket;
    const age = this.#count++;
    const keys = keysOf({ socket, state, age }, this.#order.by);
    const entry: Entry = { id, socket, state, age, keys, born, died: undefined, movedAt: at };
    this.#entries.set(id, entry);
    if (socket.protocol === "udp" && socket.state === "CONNECTED") this.#udp.set(id, entry);
    if (this.#means(socket)) this.#sorted.add(entry);
    return entry;
  }

  #moved(entry: Entry, { socket, at }: SocketChange): void {
    entry.movedAt = at;
    if (this.#udp.delete(entry.id)) this.#udp.set(entry.id, entry);
    if (entry.socket !== socket) this.#become(entry, socket, socket.state);
  }

  #went(entry: Entry, socket: Socket, state: string): void {
    const shown = this.#become(entry, socket, state);
    shown.died = this.#refresh;
    this.#udp.delete(shown.id);
    this.#dying.push(shown);
    if (shown.born !== this.#refresh) return;
    this.#fleeting.push(shown);
    if (this.#fleeting.length < FLEETING * 2) return;
    const early = new Set(this.#fleeting.splice(0, FLEETING));
    this.#dying = this.#dying.filter((each) => !early.has(each));
    for (const each of early) this.#drop(each);
  }

  /** Another socket in its place: it may be sorted elsewhere, and be meant or not. */
  #become(entry: Entry, socket: Socket, state: string): Entry {
    if (entry.socket === socket && entry.state === state) return entry;
    const next: Entry = { ...entry, socket, state, keys: keysOf({ socket, state, age: entry.age }, this.#order.by) };
    this.#entries.set(entry.id, next);
    if (this.#udp.delete(entry.id)) this.#udp.set(entry.id, next);
    if (this.#means(entry.socket)) this.#sorted.delete(entry);
    if (this.#means(socket)) this.#sorted.add(next);
    return next;
  }

  #drop(entry: Entry): void {
    if (this.#entries.get(entry.id) === entry) this.#entries.delete(entry.id);
    this.#udp.delete(entry.id);
    if (this.#means(entry.socket)) this.#sorted.delete(entry);
  }

  #rebuild(): void {
    const meant = [...this.#entries.values()].filter(({ socket }) => this.#means(socket));
    this.#sorted.reset(meant, comparison(this.#order));
  }
}

function comparison({ reversed }: Order): (a: Entry, b: Entry) => number {
  return reversed ? (a, b) => compareKeys(b.keys, a.keys) : (a, b) => compareKeys(a.keys, b.keys);
}
