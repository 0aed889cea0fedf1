import { processKey } from "../../model/process.ts";
import type { FlowRecord, RecordBatch, RecordedProcess } from "../../model/record.ts";
import type { Micros } from "../../model/time.ts";
import { type CivilTime, ctimeText } from "./civil-time.ts";
import { mappingOf, nameOf, useOf } from "./flow-lines.ts";
import { detailHeading, portsHeading } from "./heading.ts";
import { initialTable } from "./initial-table.ts";
import { type LogKind, logFileName } from "./log-file.ts";
import { Owners } from "./owners.ts";
import { portUseText } from "./port-use.ts";
import { type ProcessDetail, processBlock } from "./process-detail.ts";

/** Text to append to a file. */
export type LogText = { file: string; text: string };

/** What logs are about, and how large one may become. */
export type LogSetting = {
  computer: string;
  /** The operating system and its version. */
  system: string;
  /** PR-PORTS and PR-PIDS are begun anew when one of them is larger, in bytes. */
  limit: number;
  /** What the clock on the wall shows at a moment. */
  civil: (at: Micros) => CivilTime;
};

/**
 * Writes what a recorder writes into its record as Port Reporter's logs: PR-INITIAL once, with what was open when it
 * came; PR-PORTS a line whenever a port comes into use; PR-PIDS the process of each. Touches no file: it answers what is to
 * be appended to which. Keeps in mind what is open, and processes that live or ended lately.
 */
export class PortReporterLog {
  readonly #setting: LogSetting;
  readonly #owners = new Owners();
  /** Uses that go on, and are told of again. */
  readonly #open = new Set<string>();
  /** Processes whose whole story the present PR-PIDS has. */
  #told = new Set<string>();
  #began: CivilTime;
  #sizes: Record<LogKind, number> = { PIDS: 0, PORTS: 0, INITIAL: 0 };
  #initial = false;

  constructor(setting: LogSetting, startedAt: Micros) {
    this.#setting = setting;
    this.#began = setting.civil(startedAt);
  }

  /** Takes a batch of the record, written `now`: what the logs have to say of it. */
  add(batch: RecordBatch, now: Micros): LogText[] {
    this.#owners.add(batch);
    const fresh = this.#fresh(batch.flows ?? []);
    const texts: LogText[] = [];
    if (!this.#initial) texts.push(...this.#begin(fresh.filter(({ found }) => found === true)));
    else if (this.#isFull()) texts.push(...this.#renew(now));
    const news = this.#initial ? fresh : fresh.filter(({ found }) => found !== true);
    this.#initial = true;
    if (news.length > 0) texts.push(...this.#uses(news, now));
    return texts;
  }

  /** Uses that came to be and were not told of, the earliest first. */
  #fresh(flows: readonly FlowRecord[]): FlowRecord[] {
    const fresh: FlowRecord[] = [];
    for (const flow of flows) {
      if (flow.error !== undefined) continue;
      if (!this.#open.has(flow.flow)) fresh.push(flow);
      if (flow.endedAt === undefined) this.#open.add(flow.flow);
      else this.#open.delete(flow.flow);
    }
    return fresh.sort((a, b) => a.startedAt - b.startedAt);
  }

  #begin(found: readonly FlowRecord[]): LogText[] {
    const { computer, system } = this.#setting;
    const mappings = found.map((flow) => ({ mapping: mappingOf(flow), process: this.#owners.of(flow) }));
    const blocks = [...byProcess(found)].map(([, flows]) => this.#block(flows, this.#began, true));
    const text = [detailHeading("INITIAL", this.#began, computer, system), initialTable(mappings), ...blocks];
    return [this.#append("INITIAL", text.join("")), ...this.#headings()];
  }

  #headings(): LogText[] {
    const { computer, system } = this.#setting;
    const pids = detailHeading("PIDS", this.#began, computer, system);
    return [this.#append("PIDS", pids), this.#append("PORTS", portsHeading(this.#began))];
  }

  #isFull(): boolean {
    return Math.max(this.#sizes.PIDS, this.#sizes.PORTS) > this.#setting.limit;
  }

  /** The names have whole seconds: within one they would be the same. */
  #renew(now: Micros): LogText[] {
    const began = this.#setting.civil(now);
    if (ctimeText(began) === ctimeText(this.#began)) return [];
    this.#began = began;
    this.#sizes = { ...this.#sizes, PIDS: 0, PORTS: 0 };
    this.#told = new Set();
    return this.#headings();
  }

  #uses(flows: readonly FlowRecord[], now: Micros): LogText[] {
    const { civil } = this.#setting;
    const lines = flows.map((flow) => {
      const { pid = undefined } = flow.process ?? {};
      return portUseText(useOf(flow, civil(flow.startedAt), pid, this.#owners.of(flow)));
    });
    const blocks: string[] = [];
    for (const [key, of] of byProcess(flows)) {
      if (key === "") continue;
      blocks.push(this.#block(of, civil(now), !this.#told.has(key)));
      this.#told.add(key);
    }
    const ports = this.#append("PORTS", `${lines.join("\r\n")}\r\n`);
    return blocks.length === 0 ? [ports] : [ports, this.#append("PIDS", blocks.join(""))];
  }

  #block(flows: readonly FlowRecord[], at: CivilTime, whole: boolean): string {
    const [first] = flows;
    const detail = detailOf(first?.process?.pid ?? 0, first && this.#owners.of(first));
    return processBlock(detail, flows.map(mappingOf), { at, whole });
  }

  #append(kind: LogKind, text: string): LogText {
    this.#sizes[kind] += new TextEncoder().encode(text).length;
    return { file: logFileName(kind, this.#began), text };
  }
}

/** Uses by the process that they are of; empty for those of unknown ones. */
function byProcess(flows: readonly FlowRecord[]): Map<string, FlowRecord[]> {
  return Map.groupBy(flows, ({ process }) => (process === undefined ? "" : processKey(process)));
}

function detailOf(pid: number, process: RecordedProcess | undefined): ProcessDetail {
  const { executable, unit, user, modules = [] } = process ?? {};
  const own = executable === undefined || modules.includes(executable) ? [] : [executable];
  return {
    pid,
    ...(process !== undefined && { name: nameOf(process) }),
    ...(user !== undefined && { user }),
    services: unit === undefined ? [] : [unit],
    modules: [...own, ...modules],
  };
}
