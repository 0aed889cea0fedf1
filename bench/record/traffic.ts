import type { FlowRecord, HourlyRecord, RecordBatch, RecordedProcess, Usage } from "../../src/model/record.ts";
import type { Micros } from "../../src/model/time.ts";

const HOUR = 3_600_000_000;
/** When made-up traffic begins: 2026-11-23T00:00:00Z. */
export const BEGIN: Micros = 1_795_392_000_000_000;

const APPLICATIONS = 40;
const USAGES = 3000;
const PROCESSES = 80;
/** One flow in so many lasts longer than a batch, and is written open first. */
const LONGER = 10;
/** A port that only a few of the usages have. */
export const RARE_PORT = 4444;
/** The port that most of the usages have. */
export const BUSY_PORT = 443;

const PORTS = [BUSY_PORT, BUSY_PORT, 5432, 6379, 22, 53, 8080, 80];

/**
 * Flows of a made-up machine: 40 applications in 80 processes, with 3,000 usages of which some are a thousand times as busy
 * as others. The same on every machine and every time.
 */
export class Traffic {
  readonly #gap: number;
  #seed = 20261123;
  #now = BEGIN;
  #made = 0;
  #begun = false;
  #open: (FlowRecord & { until: Micros })[] = [];

  readonly usages: Usage[] = Array.from({ length: USAGES }, (_, index) => usage(index));
  /** Flows that began, by usage. */
  readonly counts = new Map<Usage, number>();

  /** `gap` is how far apart flows begin on average, in microseconds. */
  constructor(gap: number) {
    this.#gap = gap;
  }

  /** The next `count` flows, and those that ended meanwhile, as one batch. */
  batch(count: number): RecordBatch {
    const hours = new Hours();
    const flows: FlowRecord[] = [];
    for (let index = 0; index < count; index++) flows.push(this.#flow(hours));
    const ended = this.#open.filter(({ until }) => until <= this.#now);
    this.#open = this.#open.filter(({ until }) => until > this.#now);
    for (const { until, ...flow } of ended) {
      const bytes = { bytesIn: this.#random(200_000), bytesOut: this.#random(30_000) };
      hours.add(flow.usage, until, bytes);
      flows.push({ ...flow, endedAt: until, ...bytes });
    }
    const processes = this.#begun ? [] : PROCESS_LIST;
    this.#begun = true;
    return { until: this.#now, processes, flows, hourly: hours.all };
  }

  #flow(hours: Hours): FlowRecord {
    this.#now += 1 + this.#random(2 * this.#gap);
    const pick = Math.floor((this.#random(1e6) / 1e6) ** 3 * USAGES);
    const chosen = this.usages[pick];
    if (chosen === undefined) throw new Error(`there is no usage ${pick}`);
    this.counts.set(chosen, (this.counts.get(chosen) ?? 0) + 1);
    const outbound = chosen.use === "outbound";
    const flow: FlowRecord = {
      flow: String(this.#made++),
      usage: chosen,
      startedAt: this.#now,
      process: processOf(pick, this.#random(2)),
      localAddress: outbound ? "192.168.1.7" : "192.168.1.8",
      otherPort: 32_768 + this.#random(28_232),
      evidence: outbound ? "context" : "accept",
      ...(outbound && { name: `host-${pick}.example` }),
    };
    if (this.#random(LONGER) === 0) {
      hours.began(chosen, this.#now, {});
      this.#open.push({ ...flow, until: this.#now + 2_000_000 + this.#random(60_000_000) });
      return flow;
    }
    const bytes = { bytesIn: this.#random(20_000), bytesOut: this.#random(3000) };
    hours.began(chosen, this.#now, bytes);
    return { ...flow, endedAt: this.#now + Math.round(10 ** (2 + this.#random(4000) / 1000)), ...bytes };
  }

  /** A whole number from 0 up to and without `below` (a linear congruential generator). */
  #random(below: number): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#seed / 0x1_0000_0000) * below);
  }
}

type Bytes = { bytesIn?: number; bytesOut?: number };

/** What a batch adds to hours. */
class Hours {
  readonly #records = new Map<Usage, Map<number, HourlyRecord>>();

  get all(): HourlyRecord[] {
    return [...this.#records.values()].flatMap((hours) => [...hours.values()]);
  }

  began(usage: Usage, at: Micros, bytes: Bytes): void {
    this.add(usage, at, bytes).flows++;
  }

  add(usage: Usage, at: Micros, { bytesIn, bytesOut }: Bytes): HourlyRecord {
    const hour = Math.floor(at / HOUR);
    const hours = this.#records.get(usage) ?? new Map<number, HourlyRecord>();
    this.#records.set(usage, hours);
    const record = hours.get(hour) ?? { hour, usage, flows: 0, failed: 0, first: at, last: at };
    hours.set(hour, record);
    if (bytesIn !== undefined) record.bytesIn = (record.bytesIn ?? 0) + bytesIn;
    if (bytesOut !== undefined) record.bytesOut = (record.bytesOut ?? 0) + bytesOut;
    record.first = Math.min(record.first, at);
    record.last = Math.max(record.last, at);
    return record;
  }
}

function usage(index: number): Usage {
  const rare = index % 500 === 4;
  return {
    application: `service-${index % APPLICATIONS}.service`,
    use: index % 3 === 0 ? "inbound" : "outbound",
    protocol: index % 7 === 0 ? "udp" : "tcp",
    port: rare ? RARE_PORT : (PORTS[index % PORTS.length] ?? BUSY_PORT),
    peer: `10.${index % 7}.${index % 251}.${1 + (index % 97)}`,
  };
}

const PROCESS_LIST: RecordedProcess[] = Array.from({ length: PROCESSES }, (_, index) => ({
  pid: 1000 + index,
  startedAt: BEGIN - HOUR + index * 10_000,
  name: `service-${index % APPLICATIONS}`,
  application: `service-${index % APPLICATIONS}.service`,
  executable: `/usr/bin/service-${index % APPLICATIONS}`,
  arguments: [`/usr/bin/service-${index % APPLICATIONS}`, "--instance", String(index)],
  parents: [{ pid: 1, name: "systemd" }],
}));

/** One of the two processes of a usage's application. */
function processOf(usage: number, which: number): RecordedProcess {
  const process = PROCESS_LIST[(usage % APPLICATIONS) + which * APPLICATIONS];
  if (process === undefined) throw new Error(`there is no process for usage ${usage}`);
  return process;
}
