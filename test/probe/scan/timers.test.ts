import fc from "fast-check";
import { expect, test } from "vitest";
import { Queue } from "../../../src/probe/scan/queue.ts";
import { Timers } from "../../../src/probe/scan/timers.ts";

test("timers run in order of time, each once, and none early", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000), { maxLength: 200 }), fc.nat(1_000), (times, now) => {
      const timers = new Timers();
      const run: number[] = [];
      for (const at of times) timers.at(at, () => run.push(at));
      timers.run(now);
      expect(run).toEqual(times.filter((at) => at <= now).sort((a, b) => a - b));
      expect(timers.next).toBe(Math.min(Number.POSITIVE_INFINITY, ...times.filter((at) => at > now)));
    }),
  );
});

test("a timer may set another, which runs too when it is due", () => {
  const timers = new Timers();
  const run: string[] = [];
  timers.at(5, (now) => {
    run.push(`first at ${now}`);
    timers.at(6, () => run.push("second"));
    timers.at(8, () => run.push("third"));
  });
  timers.run(7);
  expect(run).toEqual(["first at 7", "second"]);
  expect(timers.next).toBe(8);
});

test("a queue gives what came first, however much has passed through it", () => {
  const queue = new Queue<number>();
  for (let i = 0; i < 5_003; i++) queue.push(i);
  for (let i = 0; i < 4_999; i++) expect(queue.shift()).toBe(i);
  queue.push(5_003);
  expect(queue.length).toBe(5);
  expect([1, 2, 3, 4, 5, 6].map(() => queue.shift())).toEqual([4_999, 5_000, 5_001, 5_002, 5_003, undefined]);
});
