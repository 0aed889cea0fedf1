import { expect, test } from "vitest";
import { Tallying } from "../../../src/analyze/watch/tally.ts";
import { Traffic } from "../../../src/analyze/watch/traffic.ts";
import type { Change, SocketChange } from "../../../src/model/change.ts";
import { socket } from "../../model/world.ts";
import { at, START } from "../events.ts";

function change(event: SocketChange["event"], id: string, more: Partial<SocketChange> = {}): SocketChange {
  return { event, at: START, id, socket: socket({ state: "ESTABLISHED" }), ...more };
}

test("traffic is told once an interval, added up; what closed tells it itself", () => {
  const traffic = new Traffic();
  const others: Change[] = [change("inbound", "a"), change("close", "b")];
  const moved = (id: string, bytesIn: number, seconds: number) =>
    change("traffic", id, { bytesIn, bytesOut: 2, at: at(seconds) });
  expect(traffic.hold([moved("a", 3, 1), moved("b", 5, 1), ...others, moved("a", 7, 2)])).toEqual(others);
  expect(traffic.take()).toEqual([change("traffic", "a", { bytesIn: 10, bytesOut: 4, at: at(2) })]);
  expect(traffic.take()).toEqual([]);
});

test("a tally counts what came to be, what ended and what came to nothing", () => {
  const tally = new Tallying();
  const untold = change("close", "x", { socket: socket({ state: "SYN_SENT" }) });
  const events = [
    "open",
    "listen",
    "outbound",
    "inbound",
    "attempt",
    "traffic",
    "close",
    "failed",
    "bind-failed",
  ] as const;
  tally.add([...events.map((event) => change(event, event)), untold]);
  expect(tally).toMatchObject({ found: 1, opened: 3, closed: 1, failed: 2, gaps: [] });
});

test("a tally keeps one gap for each reason", () => {
  const tally = new Tallying();
  const gap = (reason: string, from: number, lost?: number): Change => ({
    event: "gap",
    at: at(from),
    gap: { from: at(from), until: at(from + 1), reason, ...(lost !== undefined && { lost }) },
  });
  tally.add([gap("full", 1, 23), gap("polled", 0), gap("full", 5, 19)]);
  expect(tally.gaps).toEqual([
    { from: at(1), until: at(6), reason: "full", lost: 42 },
    { from: at(0), until: at(1), reason: "polled" },
  ]);
});
