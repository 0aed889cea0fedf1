import type { PortMapping } from "../../formats/port-reporter/process-detail.ts";
import type { PortReporterItem } from "../../formats/port-reporter/reader.ts";
import { RecordedUses, type TimedUse } from "../../formats/port-reporter/recorded-uses.ts";
import type { ImportedFile } from "../../model/documents/import.ts";
import type { Gap } from "../../model/gap.ts";
import type { ClockStep, RecordWriter } from "../../model/record.ts";
import { isoTime, type Micros } from "../../model/time.ts";
import { localMicros } from "./local-time.ts";
import { logItems } from "./log-items.ts";
import { type Surroundings, surroundings } from "./partner-details.ts";
import type { Survey } from "./survey.ts";
import type { ImportTarget } from "./target.ts";
import { UseTimes } from "./use-times.ts";

/** How many uses are written at once. */
const BATCH = 1000;

const OPENINGS =
  "Port Reporter logs when a port comes into use, not until when, and what it missed between two looks it does not know";
const BETWEEN = "no log of Port Reporter tells of this time";

/** A stretch of a log in which its clock ran on. */
type Stretch = {
  startedAt: Micros;
  step?: ClockStep;
  known: Micros | undefined;
  last: Micros;
  lost: number;
  writer?: RecordWriter;
};

/** Puts one log into a record: what it does not have yet. */
export class LogImport {
  readonly #survey: Survey;
  readonly #target: ImportTarget;
  readonly #around: Surroundings;
  readonly #uses: RecordedUses;
  readonly #times = new UseTimes();
  readonly #mappings = new Set<string>();
  readonly #result: ImportedFile;
  #stretch: Stretch | undefined;

  /** @throws Problem what reading the log, its partners and the record throw. */
  static async run(survey: Survey, target: ImportTarget, progress: (lines: number) => void): Promise<ImportedFile> {
    const around = await surroundings(survey);
    target.requireSame(around.computer, survey.path);
    const log = new LogImport(survey, target, around);
    try {
      for await (const { item, line } of logItems(survey.path)) {
        progress(line);
        await log.#add(item, line);
      }
    } finally {
      await log.#close();
    }
    return { ...log.#result, processes: Math.max(log.#result.processes, log.#uses.processes) };
  }

  private constructor(survey: Survey, target: ImportTarget, around: Surroundings) {
    this.#survey = survey;
    this.#target = target;
    this.#around = around;
    this.#uses = new RecordedUses(around.details, around.listening);
    const { path, kind, began } = survey;
    this.#result = {
      file: path,
      kind: `PR-${kind}`,
      ...(around.computer !== undefined && { computer: around.computer }),
      ...(began !== undefined && { began: isoTime(began) }),
      ...{ uses: 0, imported: 0, known: 0, processes: 0, unreadable: 0 },
    };
  }

  async #add(item: PortReporterItem, line: number): Promise<void> {
    const { kind, began, first } = this.#survey;
    if (item.kind === "unreadable") this.#unreadable(line, item.why);
    else if (item.kind === "process") this.#result.processes += kind === "PIDS" ? 1 : 0;
    else if (item.kind === "use") await this.#use(localMicros(item.use.at), { ...item.use, at: 0 });
    else if (kind === "INITIAL") await this.#mapping(item.mapping, began ?? first ?? 0);
  }

  /** Tables of all processes and of each tell the same again. */
  async #mapping({ state: _, name, ...mapping }: PortMapping, at: Micros): Promise<void> {
    const key = JSON.stringify(mapping);
    if (this.#mappings.has(key)) return;
    this.#mappings.add(key);
    const detail = mapping.pid === undefined ? undefined : this.#around.details.of(mapping.pid, name, at);
    const module = name ?? detail?.name;
    await this.#use(at, { ...mapping, at, found: true, ...(module !== undefined && { module }) });
  }

  #unreadable(line: number, why: string): void {
    this.#result.unreadable++;
    this.#result.firstUnreadable ??= { line, why };
    if (this.#stretch !== undefined) this.#stretch.lost++;
  }

  async #use(stated: Micros, use: TimedUse): Promise<void> {
    const { at, step } = this.#times.of(stated);
    if (step !== undefined) await this.#close();
    this.#stretch ??= this.#begin(at, step);
    const stretch = this.#stretch;
    this.#result.uses++;
    this.#result.from ??= isoTime(at);
    this.#result.until = isoTime(at);
    if (stretch.known !== undefined && at <= stretch.known) {
      this.#result.known++;
      stretch.lost = 0;
      this.#uses.pass({ ...use, at });
      return;
    }
    stretch.last = at;
    this.#uses.add({ ...use, at });
    this.#result.imported++;
    if (this.#uses.size >= BATCH) await this.#write(stretch);
  }

  #begin(at: Micros, step: ClockStep | undefined): Stretch {
    const startedAt = step === undefined ? Math.min(this.#survey.began ?? at, at) : at;
    const known = this.#target.until(startedAt, this.#collector);
    this.#uses.begin();
    return { startedAt, known, last: known ?? startedAt, lost: 0, ...(step !== undefined && { step }) };
  }

  get #collector(): string {
    return `port-reporter:PR-${this.#survey.kind}`;
  }

  async #write(stretch: Stretch): Promise<void> {
    if (stretch.writer === undefined) {
      const { startedAt, known, step } = stretch;
      const { version = "unknown" } = this.#survey;
      const life = { startedAt, collector: this.#collector, version };
      stretch.writer = await this.#target.open(life, this.#around.computer);
      const before = known === undefined ? this.#target.before(startedAt) : undefined;
      const gaps =
        before !== undefined && before < startedAt ? [{ from: before, until: startedAt, reason: BETWEEN }] : [];
      await stretch.writer.write({
        until: startedAt,
        gaps,
        ...(known === undefined && step && { clockSteps: [step] }),
      });
    }
    await stretch.writer.write(this.#uses.take(stretch.last));
  }

  /** Writes the rest of a stretch, and what may be missing in it. */
  async #close(): Promise<void> {
    const stretch = this.#stretch;
    this.#stretch = undefined;
    if (stretch === undefined) return;
    if (this.#uses.size > 0) await this.#write(stretch);
    const { writer, startedAt, known = startedAt, last, lost } = stretch;
    if (writer === undefined) return;
    const gaps: Gap[] = [{ from: known, until: last, reason: OPENINGS }];
    if (lost > 0) gaps.push({ from: known, until: last, reason: "lines of the log could not be read", lost });
    await writer.write({ until: last, gaps });
    await writer.close(last);
    this.#target.add(startedAt, this.#collector, last, this.#around.computer);
  }
}
