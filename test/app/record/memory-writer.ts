import { Problem } from "../../../src/model/problem.ts";
import type { RecordBatch, RecorderLife, RecordWriter, Retention } from "../../../src/model/record.ts";
import type { Micros } from "../../../src/model/time.ts";

/** A record in memory, on a disk that a test may fill. */
export class MemoryWriter implements RecordWriter {
  readonly before: RecorderLife | undefined = undefined;
  readonly batches: RecordBatch[] = [];
  /** Whether there is no room. */
  full = false;
  /** What is left to remove, in steps. */
  old = 0;
  retained: { retention: Retention; now: Micros }[] = [];

  async write(batch: RecordBatch): Promise<void> {
    if (this.full) throw new Problem("record-full", "there is no room to write to x.db", { next: "df -h x.db" });
    this.batches.push(structuredClone(batch));
  }

  async retain(retention: Retention, now: Micros): Promise<boolean> {
    if (this.full) throw new Problem("record-full", "there is no room to write to x.db");
    this.retained.push({ retention, now });
    this.old = Math.max(0, this.old - 1);
    return this.old > 0;
  }

  async close(): Promise<void> {}
}
