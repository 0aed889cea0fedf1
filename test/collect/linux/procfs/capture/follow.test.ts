import { beforeEach, describe, expect, test } from "vitest";
import { createFollower } from "../../../../../src/collect/linux/procfs/capture/follow.ts";
import type { Look } from "../../../../../src/collect/linux/procfs/capture/look.ts";
import type { CollectorEvent } from "../../../../../src/model/event.ts";
import { look, stat, tcp } from "./look-script.ts";

let follow: (look: Look) => CollectorEvent[];
let facts: Map<number, { pid: number; startedAt: number; name: string }>;
beforeEach(() => {
  facts = new Map();
  follow = createFollower(0, (pid) => facts.get(pid));
});

describe("processes", () => {
  test("come, become another program, and go", () => {
    expect(follow(look(1, [], { 7: stat(1, 100) }))).toEqual([
      { kind: "process", at: 1, process: { pid: 7, startedAt: 1_000_000, name: "program" } },
    ]);
    expect(follow(look(2, [], { 7: stat(1, 100) }))).toEqual([]);
    facts.set(7, { pid: 7, startedAt: 1_000_000, name: "next" });
    expect(follow(look(3, [], { 7: stat(1, 100, { image: "2" }) }))).toEqual([
      { kind: "process", at: 3, process: { pid: 7, startedAt: 1_000_000, name: "next" } },
    ]);
    expect(follow(look(4, []))).toEqual([{ kind: "exit", at: 4, process: { pid: 7, startedAt: 1_000_000 } }]);
  });

  test("a pid that comes back is another process, and the first one has ended", () => {
    follow(look(1, [], { 7: stat(1, 100) }));
    const events = follow(look(2, [], { 7: stat(1, 200) }));
    expect(events.map((event) => event.kind).sort()).toEqual(["exit", "process"]);
    expect(events.find(({ kind }) => kind === "process")).toMatchObject({ process: { startedAt: 2_000_000 } });
    expect(events.find(({ kind }) => kind === "exit")).toMatchObject({ process: { startedAt: 1_000_000 } });
  });

  test("facts of whoever has the pid by then are not mixed in", () => {
    facts.set(7, { pid: 7, startedAt: 9_000_000, name: "stranger" });
    expect(follow(look(1, [], { 7: stat(1, 100) }))).toMatchObject([{ process: { name: "program" } }]);
  });
});

describe("sockets", () => {
  const kinds = (events: CollectorEvent[]) => events.map(({ kind }) => kind);

  test("open after their process and close before it", () => {
    const first = follow(look(1, [tcp("LISTEN", 5, 80, [7]), tcp("ESTABLISHED", 6, 80, [7], 4_000)]));
    expect(kinds(first)).toEqual(["process", "listen", "flow"]);
    expect(first[2]).toMatchObject({ direction: "inbound", begun: true, ended: false, startedAt: 1 });
    const last = follow(look(2, []));
    expect(kinds(last)).toEqual(["flow", "unlisten", "exit"]);
    expect(last[0]).toMatchObject({ begun: false, ended: true, startedAt: 1, at: 2 });
  });

  test("a connection outlives its listener and stays inbound", () => {
    follow(look(1, [tcp("LISTEN", 5, 80, [7])]));
    expect(follow(look(2, [tcp("ESTABLISHED", 6, 80, [7], 4_000)]))).toMatchObject([
      { kind: "flow", direction: "inbound" },
      { kind: "unlisten" },
    ]);
  });

  test("an attempt that is established begins then", () => {
    expect(follow(look(1, [tcp("SYN_SENT", 6, 4_000, [7], 80)]))[1]).toMatchObject({
      direction: "outbound",
      begun: false,
      ended: false,
    });
    expect(follow(look(2, [tcp("SYN_SENT", 6, 4_000, [7], 80)]))).toEqual([]);
    expect(follow(look(3, [tcp("ESTABLISHED", 6, 4_000, [7], 80)]))).toMatchObject([
      { direction: "outbound", begun: true, ended: false, startedAt: 1, at: 3 },
    ]);
    expect(follow(look(4, [tcp("CLOSE_WAIT", 6, 4_000, [7], 80)]))).toEqual([]);
  });

  test("an attempt that is gone says neither that it failed nor that it was", () => {
    follow(look(1, [tcp("SYN_SENT", 6, 4_000, [7], 80)]));
    const [ended] = follow(look(2, [], { 7: stat(1, 107) }));
    expect(ended).toMatchObject({ begun: false, ended: true });
    expect(ended).not.toHaveProperty("failed");
  });

  test("the same socket with another peer is another flow", () => {
    const udp = (remote: number) => ({ ...tcp("CONNECTED", 6, 4_000, [7], remote), protocol: "udp" as const });
    follow(look(1, [udp(53)]));
    expect(follow(look(2, [udp(123)]))).toMatchObject([
      { begun: true, remote: { port: 123 } },
      { ended: true, remote: { port: 53 } },
    ]);
  });

  test("of several holders the eldest is named and all are candidates", () => {
    const members = { 7: stat(1, 300), 8: stat(1, 200) };
    expect(follow(look(1, [tcp("LISTEN", 5, 80, [7, 8])], members)).at(-1)).toMatchObject({
      kind: "listen",
      process: { pid: 8 },
      evidence: { source: "polled", candidates: [7, 8] },
    });
  });

  test("two sockets on one port are two listeners", () => {
    const opened = follow(look(1, [tcp("LISTEN", 5, 80, [7]), tcp("LISTEN", 6, 80, [7])]));
    expect(new Set(opened.flatMap((event) => (event.kind === "listen" ? [event.socket] : []))).size).toBe(2);
  });
});
