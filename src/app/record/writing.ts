import { Held } from "../../analyze/record/held.ts";
import type { Moment } from "../../analyze/record.ts";
import { Problem } from "../../model/problem.ts";
import type { RecordBatch, RecordWriter } from "../../model/record.ts";
import type { Tell } from "./notice.ts";

/** How often it is tried whether there is room again, in microseconds. */
const RETRY = 5_000_000;

/** Writes batches. Without room they are held back within a bound, and written as one as soon as there is some. */
export class Writing {
  readonly #writer: RecordWriter;
  readonly #tell: Tell;
  #held: Held | undefined;
  #triedAt = 0;

  constructor(writer: RecordWriter, tell: Tell) {
    this.#writer = writer;
    this.#tell = tell;
  }

  /** Whether something is held back. */
  get waits(): boolean {
    return this.#held !== undefined;
  }

  /**
   * Writes the batch, or holds it back. `last`: there is no later chance.
   * @throws Problem what the writer throws, and with `last` also `record-full`.
   */
  async write(batch: RecordBatch, now: Moment, last: boolean): Promise<void> {
    const held = this.#held;
    if (held !== undefined) {
      held.add(batch);
      if (!last && now.steady - this.#triedAt < RETRY) return;
    }
    this.#triedAt = now.steady;
    try {
      await this.#writer.write(held?.batch ?? batch);
    } catch (error) {
      if (last || !(error instanceof Problem) || error.code !== "record-full") throw error;
      if (held === undefined) this.#hold(batch, error);
      return;
    }
    if (held !== undefined) this.#roomAgain(held);
  }

  #hold(batch: RecordBatch, { message, next }: Problem): void {
    this.#held = new Held();
    this.#held.add(batch);
    this.#tell({
      event: "disk-full",
      level: "error",
      text: `${message}: recording goes on in memory, for as long as that is enough`,
      fields: { next },
    });
  }

  #roomAgain(held: Held): void {
    this.#held = undefined;
    const lost = held.lost.reduce((sum, gap) => sum + (gap.lost ?? 0), 0);
    this.#tell({
      event: "room-again",
      level: lost === 0 ? "info" : "warn",
      text: lost === 0 ? "there is room again, and nothing was lost" : `there is room again; ${lost} rows were dropped`,
      fields: { lost },
    });
  }
}
