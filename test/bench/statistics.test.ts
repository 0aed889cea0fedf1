import { expect, test } from "vitest";
import { figure, median, scaled } from "../../bench/statistics.ts";

test("the median is the middle, whatever the order", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([100, 9, 10])).toBe(10);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow();
});

test("figures show what a reader compares", () => {
  expect([0.2749, 1, 12.34, 99.96, 1234.5].map(figure)).toEqual(["0.27", "1.00", "12.3", "100.0", "1235"]);
});

test("a scaled count is whole and keeps its least", () => {
  expect(scaled(30_000, 0.01)).toBe(300);
  expect(scaled(30_000, 0.0001, 50)).toBe(50);
});
