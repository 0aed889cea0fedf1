import { addressBlock, inBlock } from "../../../src/model/address-block.ts";
import type {
  ApplicationAnswer,
  FlowRecord,
  HourlyRecord,
  Interval,
  RecordBatch,
  Usage,
  UseQuestion,
} from "../../../src/model/record.ts";
import { HOUR } from "./sample.ts";

/** What a usage answer has, as far as the naive record answers it, and the pids of the flows that it counted. */
export type NaiveUsage = Usage & {
  flows: number;
  failed: number;
  bytesIn?: number;
  bytesOut?: number;
  firstSeen: number;
  lastSeen: number;
  wholeHours?: true;
  counted: FlowRecord[];
};

/** The meaning of the interface, as plain as can be: lists that every question goes through from end to end. */
export class NaiveRecord {
  readonly flows: FlowRecord[] = [];
  readonly hourly: HourlyRecord[] = [];
  /** Names that were asked for, and in which hour they were last needed. */
  readonly names: { usage: string; name: string; hour: number }[] = [];
  until = 0;
  flowsFrom = 0;

  write(batch: RecordBatch): void {
    this.until = batch.until;
    for (const flow of batch.flows ?? []) {
      const index = this.flows.findIndex((known) => known.flow === flow.flow);
      if (index >= 0) this.flows[index] = flow;
      else this.#begin(flow);
      this.#name(flow, Math.max(flow.startedAt, flow.endedAt ?? batch.until));
    }
    for (const record of batch.hourly ?? []) this.#add(record);
  }

  /** Removes the flows that ended before `cutoff` and the hours before `hour`; what is open is needed `now`. */
  retain(cutoff: number, hour: number, now: number): void {
    this.flowsFrom = cutoff;
    for (const flow of this.flows) if (flow.endedAt === undefined) this.#name(flow, now);
    remove(this.flows, (flow) => endOf(flow) < cutoff);
    remove(this.hourly, (record) => record.hour < hour);
    remove(this.names, (known) => known.hour < hour);
  }

  namesOf(usage: Usage): string[] {
    return this.names.filter((known) => known.usage === keyOf(usage)).map(({ name }) => name);
  }

  usagesOf(question: UseQuestion): NaiveUsage[] {
    const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = question;
    if (since > until) return [];
    const clients = question.eitherPort !== undefined || question.otherPort !== undefined;
    const firstHour = Math.ceil(since / HOUR);
    const few = since >= this.flowsFrom && Math.floor((Math.min(until, this.until) + 1) / HOUR) - firstHour <= 1;
    const parts = clients || few ? { hours: [], part: () => true, wholeHours: false } : this.#parts(question);
    const sums = new Map<string, NaiveUsage>();
    for (const record of this.hourly) {
      if (!parts.hours.includes(record.hour) || !this.#asked(record.usage, question)) continue;
      const { first, last, usage, hour, ...figures } = record;
      sum(sums, usage, { ...figures, firstSeen: first, lastSeen: last });
    }
    for (const flow of this.flows) {
      if (!this.#asked(flow.usage, question) || !portsAsked(flow, question)) continue;
      const carried = (clients || since >= this.flowsFrom) && flow.startedAt < since && endOf(flow) >= since;
      const began = flow.startedAt >= since && flow.startedAt <= until && parts.part(Math.floor(flow.startedAt / HOUR));
      if (!carried && !began) continue;
      const reaches = !clients && !few && flow.startedAt < firstHour * HOUR && endOf(flow) >= firstHour * HOUR;
      const { bytesIn, bytesOut, error, startedAt, endedAt = Math.max(startedAt, this.until) } = flow;
      const counts = error === undefined ? { flows: 1, failed: 0 } : { flows: 0, failed: 1 };
      const bytes = reaches
        ? {}
        : { ...(bytesIn !== undefined && { bytesIn }), ...(bytesOut !== undefined && { bytesOut }) };
      sum(sums, flow.usage, { ...counts, ...bytes, firstSeen: startedAt, lastSeen: endedAt }).counted.push(flow);
    }
    const answers = [...sums.values()];
    return parts.wholeHours ? answers.map((answer) => ({ ...answer, wholeHours: true })) : answers;
  }

  flowsOf(question: UseQuestion): FlowRecord[] {
    const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = question;
    return this.flows
      .filter((flow) => flow.startedAt <= until && endOf(flow) >= since && since <= until)
      .filter((flow) => this.#asked(flow.usage, question) && portsAsked(flow, question))
      .toSorted((a, b) => b.startedAt - a.startedAt);
  }

  hoursOf(question: UseQuestion): HourlyRecord[] {
    const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = question;
    return this.hourly.filter(
      ({ usage, hour }) => this.#asked(usage, question) && hour * HOUR <= until && (hour + 1) * HOUR - 1 >= since,
    );
  }

  /** Applications that were in use within the interval, with figures of everything. */
  applicationsOf({
    since = Number.NEGATIVE_INFINITY,
    until = Number.POSITIVE_INFINITY,
  }: Interval): ApplicationAnswer[] {
    const used = new Set<string>();
    for (const { usage, first, last } of this.hourly) {
      if (first <= until && last >= since) used.add(usage.application);
    }
    for (const flow of this.flows) {
      if (flow.startedAt < since && endOf(flow) >= since) used.add(flow.usage.application);
    }
    return [...used].flatMap((application) => {
      const usages = this.usagesOf({ application });
      const sums = new Map<string, NaiveUsage>();
      for (const usage of usages) sum(sums, { ...ANY, application }, usage);
      const [whole] = sums.values();
      if (whole === undefined || since > until) return [];
      const { flows, failed, bytesIn, bytesOut, firstSeen, lastSeen } = whole;
      const ports = usages.filter(({ use }) => use === "listen").map(({ protocol, port }) => `${protocol} ${port}`);
      return {
        application,
        firstSeen,
        lastSeen,
        flows,
        failed,
        ...(bytesIn !== undefined && { bytesIn }),
        ...(bytesOut !== undefined && { bytesOut }),
        listens: new Set(ports).size,
        usages: usages.length,
      };
    });
  }

  /** Which hours count as a whole, and of which the flows that began within the interval count. */
  #parts({ since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY }: Interval) {
    const hours: number[] = [];
    const parts: number[] = [];
    let wholeHours = since !== Number.NEGATIVE_INFINITY && since < this.flowsFrom;
    const known = [
      ...this.hourly.map(({ hour }) => hour),
      ...this.flows.map((flow) => Math.floor(flow.startedAt / HOUR)),
    ];
    for (const hour of new Set([...known, Math.floor(since / HOUR), Math.floor(until / HOUR)])) {
      const [begin, end] = [hour * HOUR, (hour + 1) * HOUR - 1];
      if (!Number.isFinite(hour) || begin > until || end < since) continue;
      if (begin >= since && end <= until) hours.push(hour);
      else if (Math.max(begin, since) >= this.flowsFrom) parts.push(hour);
      else if (until !== begin || since >= until) {
        hours.push(hour);
        wholeHours = true;
      }
    }
    return { hours, part: (hour: number) => parts.includes(hour), wholeHours };
  }

  #asked(usage: Usage, { application, uses, protocol, port, peer, name }: UseQuestion): boolean {
    const block = typeof peer === "string" ? addressBlock(peer) : peer;
    return (
      (application === undefined || usage.application === application) &&
      (uses === undefined || uses.includes(usage.use)) &&
      (protocol === undefined || usage.protocol === protocol) &&
      (port === undefined || usage.port === port) &&
      (block === undefined || (usage.peer !== undefined && inBlock(usage.peer, block))) &&
      (name === undefined || this.namesOf(usage).includes(name))
    );
  }

  #name({ usage, name }: FlowRecord, moment: number): void {
    if (name === undefined) return;
    const hour = Math.floor(moment / HOUR);
    const known = this.names.find((one) => one.usage === keyOf(usage) && one.name === name);
    if (known === undefined) this.names.push({ usage: keyOf(usage), name, hour });
    else known.hour = Math.max(known.hour, hour);
  }

  /** A usage is in use in the hour in which a flow of it begins. */
  #begin(flow: FlowRecord): void {
    this.flows.push(flow);
    const { usage, startedAt } = flow;
    this.#add({ hour: Math.floor(startedAt / HOUR), usage, flows: 0, failed: 0, first: startedAt, last: startedAt });
  }

  #add(record: HourlyRecord): void {
    const known = this.hourly.find(({ hour, usage }) => hour === record.hour && keyOf(usage) === keyOf(record.usage));
    if (known === undefined) {
      this.hourly.push({ ...record });
      return;
    }
    known.flows += record.flows;
    known.failed += record.failed;
    if (record.bytesIn !== undefined) known.bytesIn = (known.bytesIn ?? 0) + record.bytesIn;
    if (record.bytesOut !== undefined) known.bytesOut = (known.bytesOut ?? 0) + record.bytesOut;
    known.first = Math.min(known.first, record.first);
    known.last = Math.max(known.last, record.last);
  }
}

const ANY = { use: "listen", protocol: "tcp", port: 0 } as const;

type Figures = Omit<NaiveUsage, keyof Usage | "counted" | "wholeHours">;

function sum(sums: Map<string, NaiveUsage>, usage: Usage, part: Figures): NaiveUsage {
  const known = sums.get(keyOf(usage));
  if (known === undefined) {
    const { flows, failed, bytesIn, bytesOut, firstSeen, lastSeen } = part;
    const bytes = { ...(bytesIn !== undefined && { bytesIn }), ...(bytesOut !== undefined && { bytesOut }) };
    const fresh = { ...usage, flows, failed, ...bytes, firstSeen, lastSeen, counted: [] };
    sums.set(keyOf(usage), fresh);
    return fresh;
  }
  known.flows += part.flows;
  known.failed += part.failed;
  if (part.bytesIn !== undefined) known.bytesIn = (known.bytesIn ?? 0) + part.bytesIn;
  if (part.bytesOut !== undefined) known.bytesOut = (known.bytesOut ?? 0) + part.bytesOut;
  known.firstSeen = Math.min(known.firstSeen, part.firstSeen);
  known.lastSeen = Math.max(known.lastSeen, part.lastSeen);
  return known;
}

export function keyOf({ application, use, protocol, port, peer }: Usage): string {
  return JSON.stringify([application, use, protocol, port, peer]);
}

function endOf(flow: FlowRecord): number {
  return flow.endedAt ?? Number.POSITIVE_INFINITY;
}

function portsAsked(flow: FlowRecord, { eitherPort, otherPort }: UseQuestion): boolean {
  const either = eitherPort === undefined || flow.usage.port === eitherPort || flow.otherPort === eitherPort;
  return either && (otherPort === undefined || flow.otherPort === otherPort);
}

function remove<T>(list: T[], unwanted: (item: T) => boolean): void {
  list.splice(0, list.length, ...list.filter((item) => !unwanted(item)));
}
