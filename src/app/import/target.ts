import { Problem } from "../../model/problem.ts";
import type { NewLife, RecorderLife, RecordWriter } from "../../model/record.ts";
import type { Micros } from "../../model/time.ts";
import { openReader, openWriter } from "../../store/open.ts";

/** Stands for a machine that no log names. */
const UNNAMED = "unknown";

/** The record that logs are put into, and what it has of them already. */
export class ImportTarget {
  readonly path: string;
  readonly #lives: Pick<RecorderLife, "startedAt" | "until" | "host" | "collector">[];

  private constructor(path: string, lives: RecorderLife[]) {
    this.path = path;
    this.#lives = lives;
  }

  /** @throws what the store throws for a file that is no record. */
  static async at(path: string): Promise<ImportTarget> {
    try {
      const reader = await openReader(path);
      try {
        return new ImportTarget(path, (await reader.facts()).lives);
      } finally {
        await reader.close();
      }
    } catch (error) {
      if (error instanceof Problem && error.code === "no-record") return new ImportTarget(path, []);
      throw error;
    }
  }

  /** Up to which moment the record has what this log told from a start on; undefined where it has nothing of it. */
  until(startedAt: Micros, collector: string): Micros | undefined {
    const known = this.#lives.filter((life) => life.startedAt === startedAt && life.collector === collector);
    return known.length === 0 ? undefined : Math.max(...known.map(({ until }) => until));
  }

  /** The latest moment before `moment` of which the record knows something. */
  before(moment: Micros): Micros | undefined {
    const ends = this.#lives.filter(({ startedAt }) => startedAt < moment).map(({ until }) => Math.min(until, moment));
    return ends.length === 0 ? undefined : Math.max(...ends);
  }

  /** @throws Problem `bad-value` where the record is of another machine: a record is of one. */
  requireSame(computer: string | undefined, file: string): void {
    const other = this.#lives.find(({ host }) => host !== UNNAMED && host !== computer)?.host;
    if (computer === undefined || other === undefined) return;
    throw new Problem("bad-value", `${file} is of the computer ${computer}, and the record of ${other}`, {
      why: `A record is of one computer. It is ${this.path}.`,
      next: `./portolan import --store ${computer}.db ${file}`,
    });
  }

  /** Opens the record for what a log tells. */
  async open(life: Omit<NewLife, "host">, computer = UNNAMED): Promise<RecordWriter> {
    return openWriter(this.path, { ...life, host: computer });
  }

  /** Notes what was put into it. */
  add(startedAt: Micros, collector: string, until: Micros, computer = UNNAMED): void {
    this.#lives.push({ startedAt, collector, until, host: computer });
  }
}
