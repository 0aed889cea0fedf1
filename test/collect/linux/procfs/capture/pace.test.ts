import { expect, test } from "vitest";
import { createPace } from "../../../../../src/collect/linux/procfs/capture/pace.ts";

test("looks take at most a twentieth of the time", () => {
  const pace = createPace(100);
  expect([pace.delay(), pace.text()]).toEqual([100, "polled every 100 ms"]);
  pace.took(2);
  expect(pace.delay()).toBe(100);
  pace.took(20);
  expect([pace.delay(), pace.text()]).toEqual([380, "polled every 100 to 380 ms"]);
  pace.took(1);
  expect([pace.delay(), pace.text()]).toEqual([100, "polled every 100 to 380 ms"]);
  pace.took(10_000);
  expect(pace.delay()).toBe(5_000);
});
