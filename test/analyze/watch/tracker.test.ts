import { describe, expect, test } from "vitest";
import { Tracker } from "../../../src/analyze/watch/tracker.ts";
import { isSocketChange } from "../../../src/model/change.ts";
import type { CollectorEvent } from "../../../src/model/event.ts";
import type { Socket } from "../../../src/model/socket.ts";
import { at, flow, listen, outbound, process, START } from "../events.ts";
import { machine, words } from "./words.ts";

const holder = { evidence: { source: "holder" } } as const;

/** What a tracker tells of `events`, without who uses a port, which has its own tests. */
function told(events: CollectorEvent[], means: (socket: Socket) => boolean = () => true): string[] {
  const tracker = new Tracker(means, machine());
  return tracker
    .add([process(100), process(101), ...events])
    .filter(({ event }) => event !== "process")
    .map(words);
}

const client = "10.0.0.7:51000";
const server = "10.0.0.1:443";
const long = { ended: false, bytesIn: 0, bytesOut: 0 };

describe("a connection", () => {
  test("within one event comes to be and closes", () => {
    expect(told([flow("a", server, client)])).toEqual([
      `inbound 1 ESTABLISHED ${server} ${client} 101`,
      `close 2 ESTABLISHED ${server} ${client} 101 11/13`,
    ]);
  });

  test("that stays open tells its bytes as they come, and all of them at its end", () => {
    const events = [
      flow("a", client, server, { ...outbound, ...long }),
      flow("a", client, server, { ...outbound, begun: false, ended: false, at: at(3), bytesIn: 7, bytesOut: 5 }),
      flow("a", client, server, { ...outbound, begun: false, ended: false, at: at(4), bytesIn: 0, bytesOut: 0 }),
      flow("a", client, server, { ...outbound, begun: false, at: at(5), bytesIn: 1, bytesOut: 0 }),
    ];
    expect(told(events)).toEqual([
      `outbound 1 ESTABLISHED ${client} ${server} 101`,
      `traffic 3 ESTABLISHED ${client} ${server} 101 7/5`,
      `close 5 ESTABLISHED ${client} ${server} 101 8/5`,
    ]);
  });

  test("whose bytes cannot be counted has none, not 0", () => {
    const { bytesIn: _, bytesOut: __, ...unknown } = flow("a", server, client);
    const [, closed] = new Tracker(() => true, machine()).add([unknown]).filter(isSocketChange);
    expect(closed).not.toHaveProperty("bytesIn");
    expect(closed).not.toHaveProperty("bytesOut");
  });

  test("is tried before it comes to be, where that is seen", () => {
    const events = [
      flow("a", client, server, { ...outbound, at: at(1), begun: false, ended: false }),
      flow("a", client, server, { ...outbound, at: at(2), begun: true, ended: false }),
    ];
    expect(told(events)).toEqual([
      `attempt 1 SYN_SENT ${client} ${server} 101`,
      `outbound 2 ESTABLISHED ${client} ${server} 101`,
    ]);
  });

  test("that fails says why, tried in sight or not", () => {
    const tried = flow("a", client, server, { ...outbound, at: at(1), begun: false, ended: false });
    const failed = { ...outbound, begun: false, failed: "ETIMEDOUT" };
    expect(told([tried, flow("a", client, server, { ...failed, at: at(3) })])).toEqual([
      `attempt 1 SYN_SENT ${client} ${server} 101`,
      `failed 3 CLOSE ${client} ${server} 101 ETIMEDOUT`,
    ]);
    expect(told([flow("b", client, server, failed)])).toEqual([`failed 2 CLOSE ${client} ${server} 101 ETIMEDOUT`]);
  });

  test("of which only the end arrived came to be all the same", () => {
    expect(told([flow("a", server, client, { begun: false })])).toEqual([
      `inbound 1 ESTABLISHED ${server} ${client} 101`,
      `close 2 ESTABLISHED ${server} ${client} 101 11/13`,
    ]);
  });

  test("is told in order of time, whatever the order of events", () => {
    const events = [flow("a", server, client, { startedAt: at(1.5) }), flow("b", server, client, { startedAt: at(1) })];
    expect(told(events).map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
      "inbound 1",
      "inbound 1.5",
      "close 2",
      "close 2",
    ]);
  });
});

describe("UDP", () => {
  const peer = { protocol: "udp", evidence: { source: "context" } } as const;

  test("has one exchange a peer, and a peer that is not known is none", () => {
    const { remote: _, ...unknown } = flow("b", "0.0.0.0:53", client, { ...peer, ended: false });
    expect(told([flow("a", "0.0.0.0:53", client, { ...peer, ...long }), unknown])).toEqual([
      `inbound 1 CONNECTED 0.0.0.0:53 ${client} 101`,
      "inbound 1 CONNECTED 0.0.0.0:53 101",
    ]);
  });

  test("listens where it is bound", () => {
    expect(told([listen("u", "0.0.0.0", 53, { protocol: "udp" })])).toEqual(["listen 0 BOUND 0.0.0.0:53 100"]);
  });
});

describe("a listener", () => {
  test("opens and closes; what was not known to be open does not close", () => {
    const unlisten = (socket: string): CollectorEvent => ({ kind: "unlisten", at: at(9), socket });
    expect(told([listen("l", "::", 80), unlisten("l"), unlisten("l"), unlisten("other")])).toEqual([
      "listen 0 LISTEN [::]:80 100",
      "close 9 LISTEN [::]:80 100",
    ]);
  });

  test("that the kernel refuses is a failed bind", () => {
    const refused: CollectorEvent = {
      kind: "bind-failed",
      at: at(1),
      protocol: "tcp",
      local: { address: "0.0.0.0", port: 80 },
      error: "EADDRINUSE",
      process: { pid: 100, startedAt: START },
    };
    expect(told([refused])).toEqual(["bind-failed 1 LISTEN 0.0.0.0:80 100 EADDRINUSE"]);
  });
});

describe("what is open at the start", () => {
  test("is open, not new, and its past is unknown", () => {
    const tracker = new Tracker(() => true, machine());
    const events = [process(100), listen("l", "::", 80, holder), flow("a", server, client, { ...holder, ...long })];
    const changes = tracker.begin(events, at(5)).filter(isSocketChange);
    expect(changes.map(words)).toEqual(["open 5 LISTEN [::]:80 100", `open 5 ESTABLISHED ${server} ${client} 101`]);
    for (const change of changes) expect(change).not.toHaveProperty("startedAt");
    const [closed] = tracker.add([flow("a", server, client, { begun: false, at: at(6) })]).filter(isSocketChange);
    expect(closed && words(closed)).toBe(`close 6 ESTABLISHED ${server} ${client} 101 11/13`);
    expect(closed).not.toHaveProperty("startedAt");
  });

  test("is told with all processes that hold it", () => {
    const tracker = new Tracker(() => true, machine());
    const inherited = listen("l", "::", 80, { ...holder, process: { pid: 101, startedAt: START } });
    const events = [process(100), process(101), listen("l", "::", 80, holder), inherited, inherited];
    expect(tracker.begin(events, START).filter(isSocketChange).map(words)).toEqual(["open 0 LISTEN [::]:80 100,101"]);
  });

  test("is apart from what happened while the collector began", () => {
    const tracker = new Tracker(() => true, machine());
    const events = [flow("a", server, client, long), listen("l", "::", 80, holder), listen("m", "::", 81)];
    expect(tracker.begin(events, at(5)).filter(isSocketChange).map(words)).toEqual([
      "open 5 LISTEN [::]:80 100",
      "listen 0 LISTEN [::]:81 100",
      `inbound 1 ESTABLISHED ${server} ${client} 101`,
    ]);
  });

  test("and closed again before the watch began is not told", () => {
    const tracker = new Tracker(() => true, machine());
    const events = [listen("l", "::", 80, holder), { kind: "unlisten", at: START, socket: "l" } as const];
    expect(tracker.begin(events, at(5))).toEqual([]);
  });
});

describe("a filter", () => {
  const of =
    (pid: number) =>
    ({ processes }: Socket) =>
      processes.some((one) => one.pid === pid);

  test("leaves out what is not meant, from the first word to the last", () => {
    const events = [
      listen("l", "::", 80),
      flow("a", server, client),
      flow("b", client, server, { process: { pid: 100, startedAt: START } }),
    ];
    expect(told(events, of(100)).map((line) => line.split(" ")[0])).toEqual(["listen", "inbound", "close"]);
  });

  test("that means who accepts it is met when that is known", () => {
    const master = { process: { pid: 100, startedAt: START }, evidence: { source: "listener" } } as const;
    const events = [
      flow("a", server, client, { ...master, ...long }),
      flow("a", server, client, { begun: false, at: at(4), bytesIn: 3, bytesOut: 0 }),
    ];
    expect(told(events, of(101))).toEqual([
      `inbound 1 ESTABLISHED ${server} ${client} 101`,
      `close 4 ESTABLISHED ${server} ${client} 101 3/0`,
    ]);
  });
});

test("what may have been missed is a change", () => {
  const gap = { from: START, until: at(1), reason: "the ring buffer was full", lost: 23 };
  expect(told([{ kind: "gap", at: at(1), gap }])).toEqual(["gap 1 the ring buffer was full"]);
});

test("open tells what is meant and has not ended, 23 of 47", () => {
  const tracker = new Tracker(({ local }) => local.port !== 1, machine());
  tracker.begin([listen("found", "::", 80, holder)], START);
  for (let i = 0; i < 22; i++) tracker.add([flow(`a${i}`, `10.0.0.1:${100 + i}`, client, long)]);
  for (let i = 0; i < 12; i++) tracker.add([flow(`b${i}`, "10.0.0.1:1", client, long), flow(`c${i}`, server, client)]);
  const open = tracker.open();
  expect(open).toHaveLength(23);
  expect(open[0]).toMatchObject({ event: "open", id: "found" });
  expect(open[1]).toMatchObject({ event: "inbound", id: "a0", at: at(2), startedAt: at(1) });
});
