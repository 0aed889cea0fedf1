import { vi } from "vitest";
import type { CollectorEvent, FlowEvent } from "../../../src/model/event.ts";
import type { Capture, Collector, Scope } from "../../../src/model/interfaces.ts";

/** A capture and everything that it delivered so far. */
export type Recording = {
  capture: Capture;
  events: CollectorEvent[];
  /** The events of one kind, in order. */
  of<K extends CollectorEvent["kind"]>(kind: K): Extract<CollectorEvent, { kind: K }>[];
  /** Flushes until `condition` no longer throws, or ten seconds have passed, and then throws what it threw. */
  until(condition: () => void): Promise<void>;
};

export async function record(collector: Collector, scope: Scope): Promise<Recording> {
  const events: CollectorEvent[] = [];
  const capture = await collector.capture(scope, (batch) => {
    for (const event of batch) events.push(event);
  });
  return {
    capture,
    events,
    of: (kind) => events.filter((event) => event.kind === kind) as never,
    until: (condition) =>
      vi.waitFor(
        async () => {
          await capture.flush();
          condition();
        },
        { timeout: 10_000, interval: 20 },
      ),
  };
}

/** One flow as its events together tell it. */
export type FlowSum = FlowEvent & { begins: number; ends: number };

/** Sums the events of each flow: bytes are added up, beginnings and ends counted, the rest is the first event's. */
export function flowsOf(events: readonly CollectorEvent[]): FlowSum[] {
  const flows = new Map<string, FlowSum>();
  for (const event of events) {
    if (event.kind !== "flow") continue;
    const known = flows.get(event.flow);
    const sum = known ?? { ...event, begins: 0, ends: 0 };
    if (known !== undefined && event.bytesIn !== undefined) sum.bytesIn = (sum.bytesIn ?? 0) + event.bytesIn;
    if (known !== undefined && event.bytesOut !== undefined) sum.bytesOut = (sum.bytesOut ?? 0) + event.bytesOut;
    if (event.failed !== undefined) sum.failed = event.failed;
    sum.begins += event.begun ? 1 : 0;
    sum.ends += event.ended ? 1 : 0;
    flows.set(event.flow, sum);
  }
  return [...flows.values()];
}
