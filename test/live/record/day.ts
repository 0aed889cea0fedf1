import type { CollectorEvent, FlowEvent } from "../../../src/model/event.ts";
import type { Process } from "../../../src/model/process.ts";
import type { Micros } from "../../../src/model/time.ts";

/** What the generator itself counted of one application. */
export type Counted = { flows: number; failed: number; bytesIn: number; bytesOut: number; listens: Set<number> };

const APPLICATIONS = 500;
const PEERS = 7;
const MINUTE = 60_000_000;

/**
 * A day of a machine as a collector would tell it, minute by minute: services that listen and are restarted, their clients,
 * clients of others, jobs that live for a millisecond, and attempts that fail. It counts what it tells.
 */
export class Day {
  readonly counted = new Map<string, Counted>();
  readonly from: Micros;
  flows = 0;
  #seed = 23;
  #pid = 1000;
  #processes: Process[] = [];
  #open: FlowEvent[] = [];
  #listening: { socket: string; port: number; process: Process }[] = [];
  #minute = 0;

  constructor(from: Micros) {
    this.from = from;
  }

  get now(): Micros {
    return this.from + this.#minute * MINUTE;
  }

  /** Whatever runs when a collector starts: every application with its process; every third one listens. */
  begin(): CollectorEvent[] {
    const events: CollectorEvent[] = [];
    this.#processes = Array.from({ length: APPLICATIONS }, (_, i) => this.#process(`app${i}`));
    for (const process of this.#processes) events.push({ kind: "process", at: this.now, process });
    for (const [i, process] of this.#processes.entries()) if (i % 3 === 0) events.push(this.#listen(process, 1024 + i));
    return events;
  }

  /** Ends all that is open: the collector is about to stop. */
  end(): CollectorEvent[] {
    const events: CollectorEvent[] = [];
    for (const flow of this.#open.splice(0)) events.push(this.#ended(flow));
    for (const { socket } of this.#listening.splice(0)) events.push({ kind: "unlisten", at: this.now, socket });
    for (const process of this.#processes) {
      events.push({ kind: "exit", at: this.now, process: { pid: process.pid, startedAt: process.startedAt } });
    }
    return events;
  }

  /** One minute with `flows` flows in it. */
  minute(flows: number): CollectorEvent[] {
    const events: CollectorEvent[] = [];
    for (const flow of this.#open.splice(0, this.#random(this.#open.length + 1))) events.push(this.#ended(flow));
    for (let i = 0; i < flows; i++) events.push(...(this.#random(101) === 0 ? this.#job() : [this.#flow()]));
    if (this.#minute % 11 === 0) events.push(...this.#restart());
    this.#minute++;
    return events;
  }

  /** A minute in which nobody looks. */
  skip(): void {
    this.#minute++;
  }

  #flow(): FlowEvent {
    const process = this.#processes[this.#random(APPLICATIONS)];
    if (process === undefined) throw new Error("the day has not begun");
    const long = this.#random(20) === 0;
    const flow = this.#flowOf(process, !long);
    if (long && flow.failed === undefined) this.#open.push(flow);
    return flow;
  }

  #flowOf(process: Process, ended: boolean): FlowEvent {
    const at = this.now + this.#random(MINUTE);
    const listener = this.#listening.find((each) => each.process === process);
    const failed = listener === undefined && this.#random(23) === 0;
    const peer = `192.0.2.${1 + this.#random(PEERS)}`;
    const inbound = listener !== undefined;
    const [near, far] = [
      { address: "198.51.100.1", port: listener?.port ?? 40_000 },
      { address: peer, port: inbound ? 50_000 : 443 },
    ];
    const counts = this.#countedOf(process);
    this.flows++;
    if (failed) counts.failed++;
    else counts.flows++;
    const bytes = failed ? {} : { bytesIn: this.#random(20_000), bytesOut: this.#random(3_000) };
    counts.bytesIn += bytes.bytesIn ?? 0;
    counts.bytesOut += bytes.bytesOut ?? 0;
    return {
      kind: "flow",
      at,
      flow: `tcp:${this.flows}`,
      protocol: "tcp",
      direction: inbound ? "inbound" : "outbound",
      local: near,
      remote: far,
      startedAt: at,
      begun: !failed,
      ended: ended || failed,
      ...(failed && { failed: "ECONNREFUSED" }),
      ...bytes,
      process: { pid: process.pid, startedAt: process.startedAt },
      evidence: { source: inbound ? "accept" : "context" },
    };
  }

  #ended(flow: FlowEvent): FlowEvent {
    const process = this.#processes.find(({ pid }) => pid === flow.process?.pid);
    const added = { bytesIn: this.#random(1000), bytesOut: this.#random(1000) };
    if (process !== undefined) {
      const counts = this.#countedOf(process);
      counts.bytesIn += added.bytesIn;
      counts.bytesOut += added.bytesOut;
    }
    return { ...flow, at: this.now, begun: false, ended: true, ...added };
  }

  /** A process that lives for a millisecond and makes one connection. */
  #job(): CollectorEvent[] {
    const process = this.#process("cron-job");
    const flow = this.#flowOf(process, true);
    const end = { pid: process.pid, startedAt: process.startedAt };
    return [{ kind: "process", at: flow.at, process }, flow, { kind: "exit", at: flow.at + 1000, process: end }];
  }

  /** A service ends and is started anew, on the same port. */
  #restart(): CollectorEvent[] {
    const [listener] = this.#listening.splice(this.#random(this.#listening.length), 1);
    if (listener === undefined) return [];
    const { socket, port, process } = listener;
    const ended = this.#open.filter((flow) => flow.process?.pid === process.pid).map((flow) => this.#ended(flow));
    this.#open = this.#open.filter((flow) => flow.process?.pid !== process.pid);
    const fresh = this.#process(process.name);
    this.#processes[this.#processes.indexOf(process)] = fresh;
    const end = { pid: process.pid, startedAt: process.startedAt };
    return [
      ...ended,
      { kind: "unlisten", at: this.now, socket },
      { kind: "exit", at: this.now, process: end },
      { kind: "process", at: this.now, process: fresh },
      this.#listen(fresh, port),
    ];
  }

  #listen(process: Process, port: number): CollectorEvent {
    const socket = `listen:${process.pid}:${port}`;
    this.#listening.push({ socket, port, process });
    this.#countedOf(process).listens.add(port);
    return {
      kind: "listen",
      at: this.now,
      socket,
      protocol: "tcp",
      local: { address: "0.0.0.0", port },
      portChosenBy: "application",
      process: { pid: process.pid, startedAt: process.startedAt },
      evidence: { source: "context" },
    };
  }

  #process(name: string): Process {
    const pid = ++this.#pid;
    return { pid, startedAt: this.now, name, executable: `/usr/bin/${name}`, uid: 0, user: "root" };
  }

  #countedOf({ name }: Process): Counted {
    const known = this.counted.get(name) ?? { flows: 0, failed: 0, bytesIn: 0, bytesOut: 0, listens: new Set() };
    this.counted.set(name, known);
    return known;
  }

  /** A whole number from 0 below `below`, the same in every run (a linear congruential generator). */
  #random(below: number): number {
    this.#seed = (Math.imul(this.#seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return below === 0 ? 0 : (this.#seed >>> 8) % below;
  }
}
