import { expect, test } from "vitest";
import { parseDuration } from "../../src/model/duration.ts";
import { parseSize } from "../../src/model/size.ts";

test.each([
  ["500MB", 5e8],
  ["5GB", 5e9],
  ["5 gb", 5e9],
  ["1.5kB", 1500],
  ["2TiB", 2 * 2 ** 40],
  ["17", 17],
])("%s is %d bytes", (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

test.each(["", "GB", "5G", "-1GB", "0", "0.1", "5GBs", "9999999TB"])("%s is no size", (text) => {
  expect(parseSize(text)).toBeUndefined();
});

test("a year has 365 days", () => {
  expect(parseDuration("3y")).toBe(3 * 365 * 86_400_000);
});
