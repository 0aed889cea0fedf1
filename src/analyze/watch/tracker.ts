import type { Change, ProcessChange, SocketChange } from "../../model/change.ts";
import type { BindFailedEvent, CollectorEvent, FlowEvent, ListenEvent, UnlistenEvent } from "../../model/event.ts";
import type { ProcessKey } from "../../model/process.ts";
import type { Socket } from "../../model/socket.ts";
import type { Micros } from "../../model/time.ts";
import { type Machine, type Owner, Owners } from "./owners.ts";
import {
  cameToBe,
  closingOf,
  establishedState,
  failureOf,
  flowOf,
  listenerOf,
  openingOf,
  type Tracked,
  trafficOf,
} from "./tracked.ts";

/**
 * Turns what a collector tells into changes of the sockets for which `means` holds. One that is meant only later, by
 * whoever accepts it, is told then. It asks no clock.
 */
export class Tracker {
  readonly #means: (socket: Socket) => boolean;
  readonly #owners: Owners;
  readonly #open = new Map<string, Tracked>();
  #changes: Change[] = [];
  #binds = 0;

  constructor(means: (socket: Socket) => boolean, machine: Machine) {
    this.#means = means;
    this.#owners = new Owners(machine);
  }

  /** What was open at `at`, when the watch began, from the events until then; and what had happened by then. */
  begin(events: readonly CollectorEvent[], at: Micros): Change[] {
    for (const event of events) this.#event(event, true);
    const happened = this.#take();
    // Now a listener that several processes hold has been told by all of them.
    for (const tracked of this.#open.values()) if (tracked.found) this.#tell(tracked, at);
    return [...this.#take(), ...happened];
  }

  /** What happened since, in order of time. */
  add(events: readonly CollectorEvent[]): Change[] {
    for (const event of events) this.#event(event, false);
    return this.#take();
  }

  /** What is open now: each as it came to be, with the time of its last change. */
  open(): SocketChange[] {
    const shown = [...this.#open.values()].filter((tracked) => tracked.shown);
    return shown.map((tracked) => openingOf(tracked, tracked.changedAt));
  }

  #event(event: CollectorEvent, beginning: boolean): void {
    switch (event.kind) {
      case "process":
        this.#owners.told(event.process);
        break;
      case "exit":
        this.#exit(event.process, event.at);
        break;
      case "listen":
        this.#listen(event, beginning);
        break;
      case "unlisten":
        this.#unlisten(event);
        break;
      case "flow":
        this.#flow(event, beginning);
        break;
      case "bind-failed":
        this.#bindFailed(event);
        break;
      case "gap":
        this.#changes.push({ event: "gap", at: event.at, gap: event.gap });
        break;
    }
  }

  #listen(event: ListenEvent, beginning: boolean): void {
    const before = this.#open.get(event.socket);
    if (before !== undefined) {
      this.#addHolder(before, event);
      return;
    }
    const tracked = listenerOf(event, this.#ownerOf(event), beginning && isFound(event));
    this.#open.set(event.socket, tracked);
    if (!tracked.found) this.#tell(tracked, event.at);
  }

  #addHolder(tracked: Tracked, { process }: ListenEvent): void {
    const { processes } = tracked.socket;
    if (process === undefined || processes.some(({ pid }) => pid === process.pid)) return;
    const pids = [...processes.map(({ pid }) => pid), process.pid].sort((a, b) => a - b);
    tracked.socket = { ...tracked.socket, ...(this.#owners.together(pids) ?? this.#owners.of(process)) };
  }

  #unlisten({ socket, at }: UnlistenEvent): void {
    const tracked = this.#open.get(socket);
    this.#open.delete(socket);
    if (tracked?.shown) this.#changes.push(closingOf(tracked, at));
  }

  #flow(event: FlowEvent, beginning: boolean): void {
    const before = this.#open.get(event.flow);
    const tracked = before ?? flowOf(event, this.#ownerOf(event), beginning && cameToBe(event) && isFound(event));
    const cameNow = before !== undefined && this.#update(before, event);
    tracked.changedAt = event.at;
    if (event.bytesIn !== undefined) tracked.bytesIn = (tracked.bytesIn ?? 0) + event.bytesIn;
    if (event.bytesOut !== undefined) tracked.bytesOut = (tracked.bytesOut ?? 0) + event.bytesOut;
    if (event.failed !== undefined) {
      this.#open.delete(event.flow);
      this.#failed(tracked, event.failed, event.at);
      return;
    }
    const began = cameNow ? event.at : (tracked.startedAt ?? event.at);
    // What was there in the beginning is told when all of it is known.
    const told = !(tracked.found && beginning) && this.#tell(tracked, began);
    if (event.ended) {
      this.#open.delete(event.flow);
      if (tracked.shown) this.#changes.push(closingOf(tracked, event.at));
    } else if (before === undefined) this.#open.set(event.flow, tracked);
    else if (!told && tracked.shown && (event.bytesIn || event.bytesOut)) this.#changes.push(trafficOf(tracked, event));
  }

  /** Who accepted it is known by now; and whether what was tried came to be with this event. */
  #update(tracked: Tracked, event: FlowEvent): boolean {
    const cameNow = event.begun && tracked.opening === "attempt";
    if (cameNow) {
      tracked.opening = event.direction;
      tracked.direction = event.direction;
      tracked.shown = false;
      tracked.socket = { ...tracked.socket, state: establishedState(event) };
    }
    const { process, evidence } = event;
    const { pid, startedAt } = tracked.process ?? {};
    if (evidence.source !== tracked.source || process?.pid !== pid || process?.startedAt !== startedAt) {
      tracked.process = process;
      tracked.source = evidence.source;
      const { application: _, ...kept } = tracked.socket;
      tracked.socket = { ...kept, ...this.#ownerOf(event), evidence };
    }
    return cameNow;
  }

  #failed(tracked: Tracked, error: string, at: Micros): void {
    if (tracked.socket.protocol === "tcp") tracked.socket = { ...tracked.socket, state: "CLOSE" };
    if (!tracked.shown && !this.#means(tracked.socket)) return;
    this.#introduce(tracked.socket, at);
    this.#changes.push(failureOf(tracked, at, error));
  }

  #bindFailed({ at, protocol, local, error, process }: BindFailedEvent): void {
    const socket: Socket = {
      protocol,
      // What it would have become, for whoever asks about listeners.
      state: protocol === "tcp" ? "LISTEN" : "BOUND",
      local,
      networkNamespace: 0,
      ...(process === undefined ? { processes: [] } : this.#owners.of(process)),
      evidence: { source: process === undefined ? "unknown" : "context" },
    };
    if (!this.#means(socket)) return;
    this.#introduce(socket, at);
    this.#changes.push({ event: "bind-failed", at, id: `bind:${++this.#binds}`, socket, error });
  }

  #exit(key: ProcessKey, at: Micros): void {
    const owner = this.#owners.ended(key);
    if (owner !== undefined) this.#process("exit", owner, at);
  }

  #ownerOf({ process, evidence }: FlowEvent | ListenEvent): Owner {
    const { candidates } = evidence;
    const all = candidates !== undefined && candidates.length > 1 ? this.#owners.together(candidates) : undefined;
    return all ?? (process === undefined ? { processes: [] } : this.#owners.of(process));
  }

  /** Tells how it came to be, unless that was told or it is not meant. Answers whether it did. */
  #tell(tracked: Tracked, at: Micros): boolean {
    if (tracked.shown || !this.#means(tracked.socket)) return false;
    tracked.shown = true;
    this.#introduce(tracked.socket, at);
    this.#changes.push(openingOf(tracked, at));
    return true;
  }

  /** Tells who uses a port for the first time. */
  #introduce({ processes }: Socket, at: Micros): void {
    for (const process of processes) {
      if (this.#owners.introduce(process)) this.#process("process", this.#owners.of(process), at);
    }
  }

  #process(event: ProcessChange["event"], { processes, application }: Owner, at: Micros): void {
    for (const process of processes) {
      this.#changes.push({ event, at, process, ...(application !== undefined && { application }) });
    }
  }

  #take(): Change[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes.sort((a, b) => a.at - b.at);
  }
}

/** Only what a collector finds open does it know by who holds it, or by its first look. */
function isFound({ evidence: { source } }: FlowEvent | ListenEvent): boolean {
  return source !== "context" && source !== "accept" && source !== "listener";
}
