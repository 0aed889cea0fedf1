import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Held } from "../../../src/analyze/record/held.ts";
import type { FlowRecord, HourlyRecord, RecordBatch, Usage } from "../../../src/model/record.ts";
import { at, START } from "../events.ts";

const usage = (port: number): Usage => ({ application: "nginx", use: "inbound", protocol: "tcp", port });
const USAGES = [80, 443, 8080].map(usage);
const flow = (id: string): FlowRecord => ({ flow: id, usage: usage(80), startedAt: START, evidence: "accept" });
const hourly = (port: number, more: Partial<HourlyRecord> = {}): HourlyRecord => ({
  hour: 1,
  usage: USAGES[port] ?? usage(port),
  flows: 1,
  failed: 0,
  first: at(1),
  last: at(2),
  ...more,
});

describe("what is held back", () => {
  it("becomes one batch, and sums are added up", () => {
    const held = new Held();
    held.add({ until: at(1), flows: [flow("a")], hourly: [hourly(0, { bytesIn: 3 }), hourly(1)] });
    held.add({ until: at(2), flows: [flow("b")], hourly: [hourly(0, { bytesIn: 4, failed: 2, last: at(9) })] });
    expect(held.batch).toMatchObject({
      until: at(2),
      flows: [{ flow: "a" }, { flow: "b" }],
      hourly: [{ flows: 2, failed: 2, bytesIn: 7, first: at(1), last: at(9) }, { flows: 1 }],
      gaps: [],
    });
    expect(held.batch.hourly?.[1]).not.toHaveProperty("bytesIn");
  });

  it("keeps processes by their latest description, and notes in their order", () => {
    const held = new Held();
    const process = { pid: 1, startedAt: START, name: "a", application: "a" };
    const gap = { from: at(1), until: at(2), reason: "why" };
    const step = { at: at(1), before: at(1), after: at(9) };
    held.add({ until: at(1), processes: [process], gaps: [gap], clockSteps: [step], exits: [{ process, at: at(1) }] });
    held.add({
      until: at(2),
      processes: [{ ...process, application: "b" }],
      gaps: [gap],
      hostAddresses: ["192.0.2.1"],
    });
    expect(held.batch).toMatchObject({
      processes: [{ application: "b" }],
      exits: [{ at: at(1) }],
      gaps: [gap, gap],
      clockSteps: [step],
      hostAddresses: ["192.0.2.1"],
    });
  });

  it("is bounded; what is dropped is a counted gap, and sums outlive single connections", () => {
    const held = new Held({ flows: 7, hours: 3, processes: 2, notes: 2 });
    for (let second = 1; second <= 30; second++)
      held.add({ until: at(second), flows: [flow(`${second}`)], hourly: [hourly(0)] });
    expect(held.batch.flows).toHaveLength(7);
    expect(held.batch.hourly).toMatchObject([{ flows: 30 }]);
    expect(held.lost).toEqual([
      {
        from: at(8),
        until: at(30),
        reason: "there was no room for the record: single connections are missing, and not their sums",
        lost: 23,
      },
    ]);
    held.add({ until: at(31), hourly: [81, 82, 83, 84].map((port) => hourly(port)) });
    expect(held.batch.gaps).toMatchObject([{ lost: 23 }, { lost: 2 }]);
  });

  it("adds up to what was added, whatever that was", () => {
    const row = fc.record({
      usage: fc.constantFrom(...USAGES),
      hour: fc.nat(3),
      flows: fc.nat(100),
      failed: fc.nat(100),
      bytesIn: fc.nat(1000),
      first: fc.integer({ min: START, max: at(10) }),
      last: fc.integer({ min: at(11), max: at(20) }),
    });
    fc.assert(
      fc.property(fc.array(fc.array(row, { maxLength: 7 }), { maxLength: 13 }), (batches) => {
        const held = new Held();
        for (const [index, rows] of batches.entries())
          held.add({ until: at(index), hourly: rows } satisfies RecordBatch);
        const total = (rows: readonly HourlyRecord[]) =>
          rows.reduce((sum, { flows, failed, bytesIn = 0 }) => sum + flows * 1e6 + failed * 1e3 + bytesIn, 0);
        const merged = held.batch.hourly ?? [];
        expect(total(merged)).toBe(total(batches.flat()));
        expect(new Set(merged.map(({ usage: { port }, hour }) => `${port} ${hour}`)).size).toBe(merged.length);
      }),
    );
  });
});
