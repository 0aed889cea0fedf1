import { describe, expect, it } from "vitest";
import { at, flow, listen, process, START } from "../events.ts";
import { folding, latest, summed } from "./folding.ts";

const DAY = 86_400;
const server = process(101);

describe("a clock set back a day", () => {
  it("is recorded as a step", () => {
    const { pass, set, take } = folding();
    pass(1);
    set(-DAY);
    expect(take().clockSteps).toEqual([{ at: at(1 - DAY), before: at(1), after: at(1 - DAY) }]);
    pass(1);
    expect(take().clockSteps).toEqual([]);
  });

  it("does not change how long a connection lasted, nor where it began", () => {
    const { add, pass, set, take } = folding();
    const opens = flow("f", "192.0.2.1:80", "192.0.2.7:50000", { ended: false });
    add(server, opens);
    const batches = [take()];
    pass(30);
    set(-DAY);
    batches.push(take());
    pass(29);
    batches.push(take());
    // The collector tells both of its times by the clock as it is now.
    add({ ...opens, startedAt: at(1 - DAY), at: at(60.5 - DAY), begun: false, ended: true });
    batches.push(take());
    expect(latest(batches)).toMatchObject([{ startedAt: at(1), endedAt: at(60.5) }]);
    expect(summed(batches).reduce((sum, { flows }) => sum + flows, 0)).toBe(1);
  });

  it("does not change how long an exchange lasted whose beginning is told by the clock as it was", () => {
    const { add, pass, set, take } = folding();
    const opens = flow("u", "192.0.2.1:53", "192.0.2.7:50000", { protocol: "udp", ended: false });
    add(server, opens);
    const batches = [take()];
    pass(60);
    set(-DAY);
    batches.push(take());
    add({ ...opens, at: at(62 - DAY), begun: false, ended: true });
    batches.push(take());
    const [row] = latest(batches);
    expect(row?.startedAt).toBe(at(1));
    // By the steady clock, which is known to a second.
    expect(row?.endedAt).toBe(at(62));
  });

  it("neither makes a listener's time negative nor loses it", () => {
    const { add, pass, set, take } = folding();
    add(server, listen("s", "0.0.0.0", 80, { process: server.process }));
    const batches = [take()];
    pass(100);
    set(-DAY);
    batches.push(take());
    add({ kind: "unlisten", at: at(100 - DAY), socket: "s" });
    batches.push(take());
    expect(latest(batches)).toMatchObject([{ startedAt: START, endedAt: at(100) }]);
  });

  it("keeps connections in the order in which they were told", () => {
    const { add, set, take } = folding();
    const times = [1, 2, 3 - DAY, 4 - DAY, 5 - DAY];
    for (const [index, seconds] of times.entries()) {
      if (index === 2) set(-DAY);
      add(server, flow(`f${index}`, "192.0.2.1:80", "192.0.2.7:5", { startedAt: at(seconds), at: at(seconds + 0.5) }));
    }
    const { flows, hourly } = take();
    expect(flows.map(({ flow, startedAt }) => [flow, startedAt])).toEqual(
      times.map((seconds, index) => [`f${index}`, at(seconds)]),
    );
    expect(hourly.map(({ flows }) => flows)).toEqual([2, 3]);
  });
});

it("a clock that drifts, and a machine that slept, make no step", () => {
  const { pass, set, take } = folding();
  for (let second = 0; second < 23; second++) {
    pass(1);
    set(0.0005);
    expect(take().clockSteps).toEqual([]);
  }
  pass(8 * 3600);
  expect(take().clockSteps).toEqual([]);
});
