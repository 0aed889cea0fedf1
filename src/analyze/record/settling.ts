import type { FlowEvent } from "../../model/event.ts";
import type { Micros } from "../../model/time.ts";
import { SPANS } from "./limits.ts";

/**
 * Connections that nobody was seen to accept yet. The kernel names the listener's owner until somebody does, which may be
 * another application; a usage is for good, so that such a connection waits a little before it gets one.
 */
export class Settling {
  readonly #waiting = new Map<string, { event: FlowEvent; since: Micros; told: Micros }>();

  /** The connection as far as it is known, where it is settled whose it is; undefined where it waits. */
  add(event: FlowEvent, steady: Micros): FlowEvent | undefined {
    const before = this.#waiting.get(event.flow);
    const known = before === undefined ? event : merged(before.event, event);
    if (event.ended || event.evidence.source !== "listener") {
      this.#waiting.delete(event.flow);
      return known;
    }
    this.#waiting.set(event.flow, { event: known, since: before?.since ?? steady, told: steady });
    return undefined;
  }

  /** Those that waited long enough, which their listener's owner gets; `told` is the steady clock at their latest event. */
  due(steady: Micros, all: boolean): { event: FlowEvent; told: Micros }[] {
    const due: { event: FlowEvent; told: Micros }[] = [];
    for (const [flow, { event, since, told }] of this.#waiting) {
      if (!all && steady - since < SPANS.settle) continue;
      this.#waiting.delete(flow);
      due.push({ event, told });
    }
    return due;
  }
}

/** Two events of one connection as one. */
function merged(before: FlowEvent, event: FlowEvent): FlowEvent {
  const both: FlowEvent = { ...event, begun: before.begun || event.begun };
  const bytesIn = sum(before.bytesIn, event.bytesIn);
  const bytesOut = sum(before.bytesOut, event.bytesOut);
  if (bytesIn !== undefined) both.bytesIn = bytesIn;
  if (bytesOut !== undefined) both.bytesOut = bytesOut;
  return both;
}

function sum(before: number | undefined, more: number | undefined): number | undefined {
  return more === undefined ? before : (before ?? 0) + more;
}
