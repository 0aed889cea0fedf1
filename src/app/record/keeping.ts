import type { Moment } from "../../analyze/record.ts";
import { Problem } from "../../model/problem.ts";
import type { RecordWriter, Retention } from "../../model/record.ts";
import type { Tell } from "./notice.ts";

/** How often it is looked whether something is too old, in microseconds. */
const INTERVAL = 60_000_000;
/** How long one step may take, between two batches, in milliseconds. */
const STEP = 20;

/** Removes what is older, or more, than is kept: in small steps between batches, so that the writer never waits. */
export class Keeping {
  readonly #writer: RecordWriter;
  readonly #retention: Retention;
  readonly #tell: Tell;
  #nextAt = 0;
  #steps = 0;

  constructor(writer: RecordWriter, retention: Retention, tell: Tell) {
    this.#writer = writer;
    this.#retention = retention;
    this.#tell = tell;
  }

  /** One step, where one is due. */
  async step(now: Moment): Promise<void> {
    if (now.steady < this.#nextAt) return;
    if (await this.#removes(now)) {
      this.#steps++;
      return;
    }
    this.#nextAt = now.steady + INTERVAL;
    if (this.#steps === 0) return;
    const steps = this.#steps;
    this.#steps = 0;
    this.#tell({
      event: "retention",
      level: "info",
      text: "removed what was older, or more, than is kept",
      fields: { steps },
    });
  }

  /** Whether more is left to remove. To remove something takes room as well: without it, that waits. */
  async #removes(now: Moment): Promise<boolean> {
    try {
      return await this.#writer.retain(this.#retention, now.wall, STEP);
    } catch (error) {
      if (error instanceof Problem && error.code === "record-full") return false;
      throw error;
    }
  }
}
