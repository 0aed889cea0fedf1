import type { Limits } from "../../../src/analyze/record/limits.ts";
import { createFold, type Folded } from "../../../src/analyze/record.ts";
import type { CollectorEvent } from "../../../src/model/event.ts";
import type { FlowRecord, HourlyRecord, RecordedProcess } from "../../../src/model/record.ts";
import { START } from "../events.ts";

/** A fold beside two clocks that only the test moves. */
export function folding(limits: Partial<Limits> = {}) {
  const now = { wall: START, steady: 1_000_000_000 };
  const identified: RecordedProcess[] = [];
  const fold = createFold(
    (process) => {
      const recorded = { ...process, application: process.unit ?? process.name };
      identified.push(recorded);
      return recorded;
    },
    { ...now },
    limits,
  );
  return {
    fold,
    /** Every process that was asked about. */
    identified,
    add: (...events: CollectorEvent[]) => fold.add(events, { ...now }, false),
    find: (...events: CollectorEvent[]) => fold.add(events, { ...now }, true),
    /** Lets `seconds` pass. */
    pass(seconds: number) {
      now.wall += seconds * 1e6;
      now.steady += seconds * 1e6;
    },
    /** Sets the wall clock forward by `seconds`, or back. */
    set(seconds: number) {
      now.wall += seconds * 1e6;
    },
    wall: () => now.wall,
    take: (last = false): Folded => fold.take({ ...now }, last),
  };
}

/** Hourly rows of several batches, added up as a store does. */
export function summed(batches: readonly Folded[]): HourlyRecord[] {
  const sums = new Map<string, HourlyRecord>();
  for (const row of batches.flatMap(({ hourly }) => hourly)) {
    const key = JSON.stringify([row.hour, row.usage]);
    const sum = sums.get(key);
    if (sum === undefined) {
      sums.set(key, { ...row });
      continue;
    }
    sum.flows += row.flows;
    sum.failed += row.failed;
    if (row.bytesIn !== undefined) sum.bytesIn = (sum.bytesIn ?? 0) + row.bytesIn;
    if (row.bytesOut !== undefined) sum.bytesOut = (sum.bytesOut ?? 0) + row.bytesOut;
    sum.first = Math.min(sum.first, row.first);
    sum.last = Math.max(sum.last, row.last);
  }
  return [...sums.values()];
}

/** The latest row of each flow, in the order in which they were first written. */
export function latest(batches: readonly Folded[]): FlowRecord[] {
  const rows = new Map<string, FlowRecord>();
  for (const row of batches.flatMap(({ flows }) => flows)) rows.set(row.flow, row);
  return [...rows.values()];
}
