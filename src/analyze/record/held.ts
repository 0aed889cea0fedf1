import type { Gap } from "../../model/gap.ts";
import { type ProcessKey, processKey } from "../../model/process.ts";
import type { HourlyRecord, RecordBatch, RecordedProcess, Usage } from "../../model/record.ts";
import type { Micros } from "../../model/time.ts";
import { Overflow } from "./overflow.ts";

/** How much is held back at most: some 60 MB. */
export const HELD = { flows: 100_000, hours: 50_000, processes: 20_000, notes: 10_000 };

/** Batches that could not be written yet, as one. What goes beyond the limits is counted. */
export class Held {
  readonly #limits: typeof HELD;
  readonly #flows: RecordBatch["flows"] & object = [];
  readonly #hours = new Map<Usage, Map<number, HourlyRecord>>();
  #hourCount = 0;
  readonly #processes = new Map<string, RecordedProcess>();
  readonly #exits: { process: ProcessKey; at: Micros }[] = [];
  readonly #notes = { programs: [], hostAddresses: [], marks: [], gaps: [], clockSteps: [], costs: [] } as Notes;
  readonly #flowsLost = new Overflow(
    "there was no room for the record: single connections are missing, and not their sums",
  );
  readonly #restLost = new Overflow("there was no room for the record: usages, processes or notes are missing");
  #until: Micros = 0;

  constructor(limits: typeof HELD = HELD) {
    this.#limits = limits;
  }

  add(batch: RecordBatch): void {
    const { until } = batch;
    this.#until = until;
    for (const flow of batch.flows ?? []) {
      if (this.#flows.length < this.#limits.flows) this.#flows.push(flow);
      else this.#flowsLost.count(until);
    }
    for (const row of batch.hourly ?? []) this.#hour(row, until);
    for (const process of batch.processes ?? []) {
      if (this.#processes.size < this.#limits.processes) this.#processes.set(processKey(process), process);
      else this.#restLost.count(until);
    }
    for (const exit of batch.exits ?? []) {
      if (this.#exits.length < this.#limits.processes) this.#exits.push(exit);
      else this.#restLost.count(until);
    }
    for (const name of NOTES) this.#note(name, batch[name] ?? [], until);
  }

  /** All of it as one batch; what was lost is a gap in it. */
  get batch(): RecordBatch {
    return {
      until: this.#until,
      flows: this.#flows,
      hourly: [...this.#hours.values()].flatMap((rows) => [...rows.values()]),
      processes: [...this.#processes.values()],
      exits: this.#exits,
      ...this.#notes,
      gaps: [...this.#notes.gaps, ...this.lost],
    };
  }

  /** What went beyond the limits, as gaps. */
  get lost(): Gap[] {
    return [this.#flowsLost, this.#restLost].flatMap((overflow) => overflow.gap ?? []);
  }

  #hour(row: HourlyRecord, until: Micros): void {
    let rows = this.#hours.get(row.usage);
    const known = rows?.get(row.hour);
    if (known !== undefined) {
      add(known, row);
      return;
    }
    if (this.#hourCount >= this.#limits.hours) {
      this.#restLost.count(until);
      return;
    }
    if (rows === undefined) {
      rows = new Map();
      this.#hours.set(row.usage, rows);
    }
    rows.set(row.hour, { ...row });
    this.#hourCount++;
  }

  #note<Name extends keyof Notes>(name: Name, more: readonly Notes[Name][number][], until: Micros): void {
    const notes: Notes[Name][number][] = this.#notes[name];
    for (const note of more) {
      if (notes.length < this.#limits.notes) notes.push(note);
      else this.#restLost.count(until);
    }
  }
}

type Notes = Required<Pick<RecordBatch, "programs" | "hostAddresses" | "marks" | "gaps" | "clockSteps" | "costs">>;
const NOTES = ["programs", "hostAddresses", "marks", "gaps", "clockSteps", "costs"] as const;

function add(sum: HourlyRecord, row: HourlyRecord): void {
  sum.flows += row.flows;
  sum.failed += row.failed;
  if (row.bytesIn !== undefined) sum.bytesIn = (sum.bytesIn ?? 0) + row.bytesIn;
  if (row.bytesOut !== undefined) sum.bytesOut = (sum.bytesOut ?? 0) + row.bytesOut;
  sum.first = Math.min(sum.first, row.first);
  sum.last = Math.max(sum.last, row.last);
}
