import type { CollectorEvent } from "../../model/event.ts";
import { type Process, processKey } from "../../model/process.ts";

/** The processes that a capture tells of and that have not ended. */
export class Alive {
  readonly #processes = new Map<string, Process>();

  add(events: readonly CollectorEvent[]): void {
    for (const event of events) {
      if (event.kind === "process") this.#processes.set(processKey(event.process), event.process);
      else if (event.kind === "exit") this.#processes.delete(processKey(event.process));
    }
  }

  get processes(): Process[] {
    return [...this.#processes.values()];
  }
}
