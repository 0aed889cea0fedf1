import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readMoment } from "../../src/cli/moment.ts";
import { isoTime, micros } from "../../src/model/time.ts";

const NOW = micros(Date.parse("2026-11-24T09:00:00Z"));
const zone = process.env.TZ;
const iso = (text: string): [string, string] => {
  const { from, until } = readMoment("--at", text, NOW);
  return [isoTime(from), isoTime(until)];
};

beforeEach(() => {
  process.env.TZ = "Europe/Berlin";
});
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

describe("a moment", () => {
  test.each([
    ["2026-11-17T14:05:09.25Z", "2026-11-17T14:05:09.250000Z", "2026-11-17T14:05:09.259999Z"],
    ["2026-11-17T14:05:09Z", "2026-11-17T14:05:09.000000Z", "2026-11-17T14:05:09.999999Z"],
    ["2026-11-17 14:05", "2026-11-17T13:05:00.000000Z", "2026-11-17T13:05:59.999999Z"],
    ["2026-07-17 14:05", "2026-07-17T12:05:00.000000Z", "2026-07-17T12:05:59.999999Z"],
    ["2026-11-17t14:05+05:30", "2026-11-17T08:35:00.000000Z", "2026-11-17T08:35:59.999999Z"],
    ["2026-11-17 14:05:09 -0800", "2026-11-17T22:05:09.000000Z", "2026-11-17T22:05:09.999999Z"],
    ["2026-11-17", "2026-11-16T23:00:00.000000Z", "2026-11-17T22:59:59.999999Z"],
    ["2h", "2026-11-24T07:00:00.000000Z", "2026-11-24T07:00:00.000000Z"],
    ["7d", "2026-11-17T09:00:00.000000Z", "2026-11-17T09:00:00.000000Z"],
    ["now", "2026-11-24T09:00:00.000000Z", "2026-11-24T09:00:00.000000Z"],
  ])("%s is as long as it is stated", (text, from, until) => {
    expect(iso(text)).toEqual([from, until]);
  });

  test.each([
    "",
    "tuesday",
    "14:05",
    "2026-11-31",
    "2026-13-01",
    "2026-11-17 24:00",
    "2026-11-17 14:60",
    "2026-02-29",
    "2026-03-29 02:30",
    "7x",
    "2026-11-17T14:05+05:99",
    "-1h",
  ])("%j is none", (text) => {
    expect(() => readMoment("--at", text, NOW)).toThrow(/is no time/);
  });
});
