import { expect, test } from "vitest";
import { readLogTime } from "../../../src/formats/firewall-log/log-time.ts";

const FIVE_PAST_TWO = { clock: "calendar", month: 11, day: 17, hour: 14, minute: 5, second: 9 } as const;

test.each([
  ["2026-11-17T14:05:09Z x", { ...FIVE_PAST_TWO, year: 2026, fraction: 0, precision: 1e6, zone: 0 }, " x"],
  [
    "2026-11-17T14:05:09.5-0330 x",
    { ...FIVE_PAST_TWO, year: 2026, fraction: 500_000, precision: 1e5, zone: -210 },
    " x",
  ],
  [
    "2026-11-17 14:05:09,123456789+01:00",
    { ...FIVE_PAST_TWO, year: 2026, fraction: 123_456, precision: 1, zone: 60 },
    "",
  ],
  ["2026-11-17 14:05:09 x", { ...FIVE_PAST_TWO, year: 2026, fraction: 0, precision: 1e6 }, "x"],
  ["Nov 17 14:05:09 x", { ...FIVE_PAST_TWO, fraction: 0, precision: 1e6 }, " x"],
  ["<4>Nov 17 14:05:09.123 x", { ...FIVE_PAST_TWO, fraction: 123_000, precision: 1000 }, " x"],
  ["Nov 17 2026 14:05:09 x", { ...FIVE_PAST_TWO, year: 2026, fraction: 0, precision: 1e6 }, " x"],
  ["[Tue Nov 17 14:05:09 2026] x", { ...FIVE_PAST_TWO, year: 2026, fraction: 0, precision: 1e6 }, " x"],
  ["[ 8596.188586] x", { clock: "since boot", at: 8_596_188_586, precision: 1 }, " x"],
])("%s", (text, time, rest) => {
  expect(readLogTime(text)).toMatchObject({ time, rest });
});

test.each(["", "x", "Foo 17 14:05:09", "Nov 32 14:05:09", "2026-13-17T14:05:09Z", "Nov 17 24:05:09", "[x.1]"])(
  "%j states no time",
  (text) => {
    expect(readLogTime(text).time).toBeUndefined();
  },
);
