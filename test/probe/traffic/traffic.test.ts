import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Ceiling } from "../../../src/probe/traffic/ceiling.ts";
import { Pace } from "../../../src/probe/traffic/pace.ts";
import { RoundTrip } from "../../../src/probe/traffic/round-trip.ts";
import { Traffic } from "../../../src/probe/traffic/traffic.ts";

describe("the ceiling", () => {
  test("is exceeded in no second, however irregularly one looks", () => {
    const steps = fc.array(fc.double({ min: 0.01, max: 400, noNaN: true }), { minLength: 5, maxLength: 300 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), steps, (rate, pauses) => {
        const ceiling = new Ceiling(rate, 0);
        const sent: number[] = [];
        let now = 0;
        for (const pause of pauses) {
          now += pause;
          const count = ceiling.allowance(now);
          ceiling.sent(count);
          for (let i = 0; i < count; i++) sent.push(now);
        }
        const most = Math.max(0, ...sent.map((from) => sent.filter((at) => at >= from && at < from + 1_000).length));
        expect(most).toBeLessThanOrEqual(rate);
      }),
      { numRuns: 200 },
    );
  });

  test("is nearly reached", () => {
    for (const rate of [1, 7, 100, 1_000, 20_000]) {
      const ceiling = new Ceiling(rate, 0);
      let sent = 0;
      for (let now = 0; now < 23_000; now++) {
        const count = ceiling.allowance(now);
        ceiling.sent(count);
        sent += count;
      }
      expect(sent).toBeGreaterThan(rate * 23 * 0.96 - 1);
    }
  });

  test("holds for this machine too, which has no pace", () => {
    const traffic = new Traffic({ local: true, rate: 100, now: 0 });
    traffic.sent();
    expect(traffic.allowance(0)).toBe(0);
    expect(traffic.next(0)).toBeGreaterThan(9);
    expect(new Traffic({ local: true, now: 0 }).allowance(0)).toBe(256);
  });
});

/** How many packets a pace lets through from `from` to `to`, looked at each millisecond. */
function run(pace: Pace, from: number, to: number, each: () => void = () => {}): number {
  let sent = 0;
  for (let now = from; now < to; now++) {
    const count = pace.allowance(now);
    pace.sent(count);
    for (let i = 0; i < count; i++) each();
    sent += count;
  }
  return sent;
}

describe("the pace", () => {
  test("grows to thousands a second at a silent host, and no further", () => {
    const pace = new Pace(0);
    expect(run(pace, 0, 400)).toBeGreaterThan(1_000);
    const second = run(pace, 1_000, 2_000);
    expect(second).toBeGreaterThan(4_500);
    expect(second).toBeLessThan(5_500);
  });

  test("grows on while the host answers", () => {
    const pace = new Pace(0);
    run(pace, 0, 2_000, () => pace.answered());
    expect(run(pace, 2_000, 3_000, () => pace.answered())).toBeGreaterThan(40_000);
  });

  test("halves after a loss, once for what was sent before", () => {
    const pace = new Pace(0);
    run(pace, 0, 2_000);
    for (let i = 0; i < 23; i++) pace.lost(1_900, 2_000);
    const second = run(pace, 2_000, 2_100);
    expect(second).toBeGreaterThan(200);
    expect(second).toBeLessThan(300);
  });

  test("never stands still", () => {
    const pace = new Pace(0);
    for (let now = 1; now < 100; now++) pace.lost(now, now + 1);
    expect(run(pace, 100, 1_100)).toBeGreaterThan(10);
  });
});

describe("the round trip", () => {
  test("waits longest before anything is known, and then as RFC 6298 says, within bounds", () => {
    const trip = new RoundTrip(200, 950);
    expect(trip.wait).toBe(950);
    trip.sample(100);
    expect(trip.wait).toBe(100 + 4 * 50);
    trip.sample(100);
    expect(trip.wait).toBe(100 + 4 * 37.5);
    for (let i = 0; i < 50; i++) trip.sample(100);
    expect(trip.wait).toBe(200);
    trip.sample(10_000);
    expect(trip.wait).toBe(950);
  });
});
