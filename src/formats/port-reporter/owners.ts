import { processKey } from "../../model/process.ts";
import type { FlowRecord, RecordBatch, RecordedProcess } from "../../model/record.ts";

/** Processes that ended and are remembered: what they used may be told of later. */
const ENDED = 10_000;

/** Who is behind the processes that use ports. */
export class Owners {
  readonly #processes = new Map<string, RecordedProcess>();
  /** Those that ended, the earliest first. */
  readonly #ended = new Set<string>();

  add({ processes = [], exits = [] }: RecordBatch): void {
    for (const process of processes) this.#processes.set(processKey(process), process);
    for (const { process } of exits) if (this.#processes.has(processKey(process))) this.#ended.add(processKey(process));
    for (const key of this.#ended) {
      if (this.#ended.size <= ENDED) break;
      this.#ended.delete(key);
      this.#processes.delete(key);
    }
  }

  /** The process of a use, where it was told of. */
  of({ process }: FlowRecord): RecordedProcess | undefined {
    return process && this.#processes.get(processKey(process));
  }
}
