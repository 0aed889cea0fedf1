import { expect, test } from "vitest";
import { Losses } from "../../../../../src/collect/linux/ebpf/assemble/losses.ts";
import { LOST_REASON, RECORD_KIND } from "../../../../../src/collect/linux/ebpf/records.gen.ts";

/** The counters of a sweep, all 0 but those given by reason. */
function counters(...lost: [reason: number, count: number][]): number[] {
  const all = Array<number>(LOST_REASON.LOST_REASONS).fill(0);
  for (const [reason, count] of lost) all[reason] = count;
  return all;
}

test("nothing lost is no gap", () => {
  const losses = new Losses(100);
  expect(losses.update(counters(), 200)).toEqual([]);
});

test("a loss is a gap over the time since the sweep before, with the exact count", () => {
  const losses = new Losses(100);
  const [gap, ...others] = losses.update(counters([RECORD_KIND.RECORD_FLOW, 23]), 200);
  expect(others).toEqual([]);
  expect(gap).toMatchObject({ kind: "gap", at: 200, gap: { from: 100, until: 200, lost: 23 } });
  expect(losses.update(counters([RECORD_KIND.RECORD_FLOW, 23]), 300)).toEqual([]);
  expect(losses.update(counters([RECORD_KIND.RECORD_FLOW, 30]), 400)).toMatchObject([
    { gap: { from: 300, until: 400, lost: 7 } },
  ]);
});

test("every reason that grew is a gap of its own", () => {
  const gaps = new Losses(0).update(counters([RECORD_KIND.RECORD_EXEC, 1], [LOST_REASON.LOST_UDP, 2]), 9);
  expect(gaps.map(({ gap }) => gap.lost)).toEqual([1, 2]);
  expect(new Set(gaps.map(({ gap }) => gap.reason)).size).toBe(2);
});

test("every counter of the kernel side has words of its own", () => {
  const all = counters().map((_, reason) => (reason === 0 ? 0 : 1)); // no record has kind 0
  const reasons = new Losses(0).update(all, 9).map(({ gap }) => gap.reason);
  expect(new Set(reasons).size).toBe(LOST_REASON.LOST_REASONS - 1);
  expect(reasons.filter((reason) => /\d/.test(reason))).toEqual([]);
});
