import { describe, expect, test } from "vitest";
import { Review } from "../../../src/probe/scan/review.ts";
import { Timers } from "../../../src/probe/scan/timers.ts";

/**
 * A host of which some ports are closed and others silent, that sends ICMP as Linux limits it: one message each
 * `interval`, six at once. Time passes as the timers say.
 */
function reviewed(closed: number[], silent: number[], { interval = 1_000, canary = true, until = Infinity } = {}) {
  const timers = new Timers();
  const undecided = new Set([...closed, ...silent].sort((a, b) => a - b));
  const confirmed: number[] = [];
  const told: number[] = [];
  const CANARY = 9;
  let now = 0;
  let tokens = 0;
  let filled = 0;
  let asked = 0;
  let known = canary ? CANARY : undefined;
  const review = new Review({
    silent: () => undecided,
    canary: () => known,
    confirm: (port) => {
      confirmed.push(port);
      undecided.delete(port);
    },
    ask: (port) => {
      asked++;
      tokens = Math.min(6, tokens + (now - filled) / interval);
      filled = now;
      const answers = (port === CANARY || closed.includes(port)) && tokens >= 1;
      if (answers) {
        tokens--;
        review.answered(port);
        if (undecided.delete(port)) told.push(port);
        known = port;
      }
      review.sent(port, now);
    },
    timers,
    wait: () => 200,
    until,
  });
  review.begin(now);
  while (undecided.size > 0 && timers.next < Infinity) {
    now = Math.max(now, timers.next);
    timers.run(now);
  }
  return { confirmed: confirmed.sort((a, b) => a - b), told: told.sort((a, b) => a - b), asked, seconds: now / 1_000 };
}

const ports = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

describe("a review", () => {
  test("finds every closed port, and takes none for silent that is not", () => {
    const closed = ports(100, 23);
    const silent = ports(200, 23);
    const mixed = reviewed(closed, silent);
    expect(mixed).toMatchObject({ told: closed, confirmed: silent });
    // One message a second is all that the host gives.
    expect(mixed.seconds).toBeLessThan(45);
  });

  test("does not take long over ports that are all silent", () => {
    const { confirmed, seconds, asked } = reviewed([], ports(1_000, 1_009));
    expect(confirmed).toHaveLength(1_009);
    expect(seconds).toBeLessThan(10);
    expect(asked).toBeLessThan(1_500);
  });

  test("goes as fast as the host allows", () => {
    const closed = ports(100, 101);
    expect(reviewed(closed, [], { interval: 100 })).toMatchObject({ told: closed });
    expect(reviewed(closed, [], { interval: 100 }).seconds).toBeLessThan(30);
    expect(reviewed(closed, []).seconds).toBeLessThan(160);
  });

  test("waits for the host where nothing else has told that it speaks", () => {
    expect(reviewed(ports(100, 7), ports(200, 3), { canary: false })).toMatchObject({
      told: ports(100, 7),
      confirmed: ports(200, 3),
    });
  });

  test("ends where the host says nothing any more", () => {
    const { confirmed, seconds } = reviewed([], ports(100, 23), { interval: Infinity });
    expect(confirmed).toHaveLength(23);
    expect(seconds).toBeLessThan(60);
  });

  test("ends in time", () => {
    const { seconds } = reviewed(ports(100, 997), [], { until: 5_000 });
    expect(seconds).toBeLessThan(7);
  });
});
