import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { resolveTime } from "../../../src/app/who/logged-time.ts";
import { readLogTime } from "../../../src/formats/firewall-log/log-time.ts";

const NOW = Date.UTC(2026, 10, 17, 14, 5, 9) * 1000;
const before = process.env.TZ;

beforeEach(() => {
  process.env.TZ = "Europe/Berlin";
});
afterEach(() => {
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});

function meant(text: string, clock: { now?: number; bootedAt?: number } = {}) {
  const { time } = readLogTime(text);
  const moment = time && resolveTime(time, { now: NOW, ...clock });
  return moment && [moment.since, moment.until].map((each) => new Date(each / 1000).toISOString());
}

describe("a time in a log", () => {
  test("is of this machine's zone where it states none", () => {
    expect(meant("2026-11-17 14:05:09")).toEqual(["2026-11-17T13:05:09.000Z", "2026-11-17T13:05:09.999Z"]);
    expect(meant("2026-11-17T14:05:09Z")?.[0]).toBe("2026-11-17T14:05:09.000Z");
    expect(meant("2026-11-17T14:05:09.25-03:30")).toEqual(["2026-11-17T17:35:09.250Z", "2026-11-17T17:35:09.259Z"]);
  });

  test("without a year is the latest that is not in the future", () => {
    expect(meant("Nov 17 14:05:09")?.[0]).toBe("2026-11-17T13:05:09.000Z");
    // The clock of another machine may be ahead.
    expect(meant("Nov 18 14:05:09")?.[0]).toBe("2026-11-18T13:05:09.000Z");
    expect(meant("Nov 19 14:05:09")?.[0]).toBe("2025-11-19T13:05:09.000Z");
    expect(meant("Dec 31 23:59:59", { now: Date.UTC(2027, 0, 1) * 1000 })?.[0]).toBe("2026-12-31T22:59:59.000Z");
    expect(meant("Jan  1 00:00:00", { now: Date.UTC(2026, 11, 31, 22) * 1000 })?.[0]).toBe("2026-12-31T23:00:00.000Z");
  });

  test("on a 29th of February is of a year that has one", () => {
    expect(meant("Feb 29 12:00:00")?.[0]).toBe("2024-02-29T11:00:00.000Z");
    expect(meant("2026-02-29 12:00:00")).toBeUndefined();
    expect(meant("Apr 31 12:00:00")).toBeUndefined();
  });

  test("that the clock showed twice may be either", () => {
    expect(meant("2026-10-25 02:30:00")).toEqual(["2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.999Z"]);
    expect(meant("2026-10-25 02:30:00+01:00")).toEqual(["2026-10-25T01:30:00.000Z", "2026-10-25T01:30:00.999Z"]);
  });

  test("that the clock jumped over is what it showed instead", () => {
    expect(meant("2026-03-29 02:30:00")?.[0]).toBe("2026-03-29T01:30:00.000Z");
  });

  test("since boot needs to know when that was", () => {
    expect(meant("[   60.500000]")).toBeUndefined();
    expect(meant("[   60.500000]", { bootedAt: NOW - 3600e6 })?.[0]).toBe("2026-11-17T13:06:09.500Z");
    // That was another boot's.
    expect(meant("[99999999.0]", { bootedAt: NOW - 3600e6 })).toBeUndefined();
  });
});
