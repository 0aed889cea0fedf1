import { isLoopback, isWildcard } from "../../model/endpoint.ts";
import type { FlowRecord, HourlyRecord, RecordBatch, RecordedProcess, Usage } from "../../model/record.ts";
import type { Micros } from "../../model/time.ts";
import type { ListeningPorts } from "./listening-ports.ts";
import type { PortUse } from "./port-use.ts";
import type { ProcessDetails } from "./process-details.ts";

/** A use, and when it was; `found` where it was open already. */
export type TimedUse = Omit<PortUse, "at"> & { at: Micros; found?: true };

const HOUR = 3_600_000_000;

/** Processes that are remembered: one that is met again later counts as another. */
const PROCESSES = 100_000;

/** What stands for an application that is not stated, as on Windows 2000. */
const UNKNOWN = "unknown";

/**
 * Makes rows of a record from uses of ports. The logs tell of openings alone, so that each use is a moment. Processes begin
 * when they are met first, because their start is not stated.
 */
export class RecordedUses {
  readonly #details: ProcessDetails;
  readonly #listening: ListeningPorts;
  readonly #processes = new Map<string, RecordedProcess>();
  /** Those that the present life of the record was told of. */
  #told = new Set<RecordedProcess>();
  #count = 0;
  /** Processes that uses were by, passed ones among them. */
  processes = 0;
  #batch: Required<Pick<RecordBatch, "flows" | "processes" | "programs">> = { flows: [], processes: [], programs: [] };
  #hourly = new Map<string, HourlyRecord>();
  #addresses = new Set<string>();

  constructor(details: ProcessDetails, listening: ListeningPorts) {
    this.#details = details;
    this.#listening = listening;
  }

  /** Uses since the last `take`. */
  get size(): number {
    return this.#batch.flows.length;
  }

  /** A life of the record begins, which has to be told of every process. */
  begin(): void {
    this.#told = new Set();
  }

  /** A use that the record has already: it tells about those that follow. */
  pass(use: TimedUse): void {
    this.#usage(use);
    this.#process(use);
  }

  add(use: TimedUse): void {
    const { at, localAddress, remotePort, found } = use;
    const usage = this.#usage(use);
    const process = this.#process(use);
    if (process !== undefined) this.#tell(process);
    const otherPort = usage.use === "outbound" ? use.localPort : remotePort;
    const flow: FlowRecord = {
      flow: `use ${this.#count++}`,
      usage,
      startedAt: at,
      endedAt: at,
      ...(found && { found }),
      ...(process !== undefined && { process: { pid: process.pid, startedAt: process.startedAt } }),
      ...(usage.use !== "listen" && { localAddress, ...(otherPort !== undefined && { otherPort }) }),
      evidence: "polled",
    };
    this.#batch.flows.push(flow);
    this.#sum(usage, at, found === true);
    if (!isLoopback(localAddress) && !isWildcard(localAddress)) this.#addresses.add(localAddress);
  }

  /** What came together; `until` is the last of it. */
  take(until: Micros): RecordBatch {
    const batch = { until, ...this.#batch, hourly: [...this.#hourly.values()], hostAddresses: [...this.#addresses] };
    this.#batch = { flows: [], processes: [], programs: [] };
    this.#hourly = new Map();
    this.#addresses = new Set();
    return batch;
  }

  #usage({ protocol, localPort, localAddress, remotePort, remoteAddress, module }: TimedUse): Usage {
    const application = module ?? UNKNOWN;
    if (remoteAddress === undefined) {
      this.#listening.add(protocol, localPort, localAddress);
      return { application, use: "listen", protocol, port: localPort, peer: localAddress };
    }
    const inbound = this.#listening.isInbound(protocol, { port: localPort, address: localAddress }, remotePort);
    if (inbound) return { application, use: "inbound", protocol, port: localPort, peer: remoteAddress };
    return { application, use: "outbound", protocol, port: remotePort ?? 0, peer: remoteAddress };
  }

  #process({ pid, module, user, at }: TimedUse): RecordedProcess | undefined {
    if (pid === undefined) return undefined;
    const key = JSON.stringify([pid, module, user]);
    const known = this.#processes.get(key);
    if (known !== undefined) return known;
    if (this.#processes.size >= PROCESSES) {
      this.#processes.clear();
      this.#told.clear();
    }
    const detail = this.#details.of(pid, module, at);
    const [executable, ...rest] = detail?.modules ?? [];
    const process: RecordedProcess = {
      pid,
      startedAt: at,
      name: module ?? UNKNOWN,
      application: module ?? UNKNOWN,
      ...(executable !== undefined && { executable, modules: [executable, ...rest] }),
      ...((user ?? detail?.user) !== undefined && { user: user ?? detail?.user ?? "" }),
      ...(detail !== undefined && detail.services.length > 0 && { unit: detail.services.join(", ") }),
    };
    this.#processes.set(key, process);
    this.processes++;
    return process;
  }

  #tell(process: RecordedProcess): void {
    if (this.#told.has(process)) return;
    this.#told.add(process);
    this.#batch.processes.push(process);
    const { executable, startedAt } = process;
    if (executable !== undefined) this.#batch.programs.push({ executable, firstSeen: startedAt });
  }

  /** One that was found open began before; a port that is held open is no flow. */
  #sum(usage: Usage, at: Micros, found: boolean): void {
    const hour = Math.floor(at / HOUR);
    const key = JSON.stringify([hour, usage]);
    const sum = this.#hourly.get(key) ?? { hour, usage, flows: 0, failed: 0, first: at, last: at };
    if (usage.use !== "listen" && !found) sum.flows++;
    sum.last = at;
    this.#hourly.set(key, sum);
  }
}
