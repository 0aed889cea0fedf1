import { describe, expect, it } from "vitest";
import { createProfile } from "../../src/analyze/profile.ts";
import type { CollectorEvent } from "../../src/model/event.ts";
import { at, facts, flow, listen, process, START } from "./events.ts";

function profileOf(events: CollectorEvent[], more: Parameters<typeof facts>[0] = {}) {
  const builder = createProfile();
  builder.add(events);
  return builder.finish(facts(more));
}

const outbound = { direction: "outbound", evidence: { source: "context" } } as const;

describe("the whole", () => {
  it("says so when nothing used the network", () => {
    const profile = profileOf([process(100)]);
    expect(profile).toMatchObject({ usesNetwork: false, loopbackOnly: false, complete: true, gaps: [] });
    expect(profile.application).toBe("nginx");
    expect(profile.coverage).toEqual({
      durationSeconds: 12,
      starts: 1,
      seenFromStart: true,
      processes: 1,
      events: 1,
      flows: 0,
      failed: 0,
      names: 0,
    });
  });

  it("survives JSON unchanged", () => {
    const profile = profileOf([process(100), listen("s", "0.0.0.0", 80), flow("f", "192.0.2.1:80", "192.0.2.7:5000")]);
    expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
  });

  it("counts a failed attempt as use of the network", () => {
    const failed = flow("f", "0.0.0.0:0", "203.0.113.5:443", { ...outbound, begun: false, failed: "ECONNREFUSED" });
    expect(profileOf([failed])).toMatchObject({ usesNetwork: true, loopbackOnly: false });
  });

  it("calls it loopback only when all of it is", () => {
    expect(profileOf([listen("s", "127.0.0.1", 6379)]).loopbackOnly).toBe(true);
    expect(profileOf([listen("s", "127.0.0.1", 6379), listen("t", "::", 6379)]).loopbackOnly).toBe(false);
  });

  it("is incomplete with a gap, and joining late is one", () => {
    const gap = { from: at(1), until: at(2), reason: "ring buffer full", lost: 23 };
    expect(profileOf([{ kind: "gap", at: at(2), gap }])).toMatchObject({
      complete: false,
      gaps: [{ from: "2026-11-23T09:00:01.000000Z", reason: "ring buffer full", lost: 23 }],
    });
    const early = process(100, { startedAt: START - 5e6 });
    expect(profileOf([early], { seenFromStart: false })).toMatchObject({
      complete: false,
      coverage: { starts: 0 },
      gaps: [{ from: "2026-11-23T08:59:55.000000Z", until: "2026-11-23T09:00:00.000000Z", reason: "joined late" }],
    });
  });

  it("can be finished twice with the same answer", () => {
    const builder = createProfile();
    builder.add([listen("s", "0.0.0.0", 80), flow("f", "192.0.2.1:80", "192.0.2.7:5000")]);
    expect(builder.finish(facts())).toEqual(builder.finish(facts()));
    expect(builder.soFar()).toEqual({ listening: 1, flows: 1, processes: 0, gaps: 0 });
  });
});

describe("listens", () => {
  it("joins the owner, who accepted, the peers and the bytes", () => {
    const profile = profileOf([
      listen("s", "0.0.0.0", 80),
      flow("a", "192.0.2.1:80", "192.0.2.7:5000"),
      flow("b", "192.0.2.1:80", "192.0.2.8:5000"),
      flow("c", "192.0.2.1:80", "192.0.2.8:5001", { process: { pid: 102, startedAt: START } }),
    ]);
    expect(profile.listens).toEqual([
      {
        protocol: "tcp",
        address: "0.0.0.0",
        port: 80,
        portChosenBy: "application",
        exposure: "network",
        networkNamespace: 1,
        pids: [100, 101, 102],
        flows: 3,
        bytesIn: 33,
        bytesOut: 39,
        features: [],
        evidence: { source: "accept" },
        firstSeen: "2026-11-23T09:00:00.000000Z",
        lastSeen: "2026-11-23T09:00:12.000000Z",
        peers: [
          { address: "192.0.2.8", flows: 2 },
          { address: "192.0.2.7", flows: 1 },
        ],
      },
    ]);
  });

  it("gives a flow to the exact address first, then to the wildcard", () => {
    const profile = profileOf([
      listen("any", "0.0.0.0", 80),
      listen("one", "192.0.2.1", 80),
      flow("a", "192.0.2.1:80", "192.0.2.7:5000"),
      flow("b", "192.0.2.2:80", "192.0.2.7:5001"),
      flow("c", "192.0.2.3:80", "192.0.2.7:5002"),
    ]);
    expect(profile.listens.map((row) => [row.address, row.flows])).toEqual([
      ["0.0.0.0", 2],
      ["192.0.2.1", 1],
    ]);
  });

  it("gives a flow to the listener that was open when the flow began", () => {
    const profile = profileOf([
      listen("one", "192.0.2.1", 80),
      { kind: "unlisten", at: at(1), socket: "one" },
      listen("any", "0.0.0.0", 80, { at: at(2) }),
      flow("a", "192.0.2.1:80", "192.0.2.7:5000", { startedAt: at(3), at: at(4) }),
    ]);
    expect(profile.listens.map((row) => [row.address, row.flows])).toEqual([
      ["0.0.0.0", 1],
      ["192.0.2.1", 0],
    ]);
  });

  it("lets the wildcard of IPv6 serve IPv4 too, mapped or not", () => {
    const profile = profileOf([
      listen("s", "::", 80),
      flow("a", "::ffff:192.0.2.1:80", "::ffff:192.0.2.7:5000"),
      flow("b", "192.0.2.1:80", "192.0.2.7:5001"),
      flow("c", "2001:db8::1:80", "2001:db8::7:5000"),
    ]);
    expect(profile.listens.map((row) => [row.address, row.flows])).toEqual([["::", 3]]);
  });

  it("keeps IPv4 and IPv6 wildcards apart", () => {
    const profile = profileOf([
      listen("4", "0.0.0.0", 80),
      listen("6", "::", 80),
      flow("a", "192.0.2.1:80", "192.0.2.7:5000"),
      flow("b", "2001:db8::1:80", "2001:db8::7:5000"),
      flow("c", "2001:db8::1:80", "2001:db8::7:5001"),
    ]);
    expect(profile.listens.map((row) => [row.address, row.flows])).toEqual([
      ["0.0.0.0", 1],
      ["::", 2],
    ]);
  });

  it("keeps network namespaces and protocols apart", () => {
    const profile = profileOf([
      listen("a", "0.0.0.0", 53),
      listen("b", "0.0.0.0", 53, { networkNamespace: 2 }),
      listen("c", "0.0.0.0", 53, { protocol: "udp" }),
      flow("f", "192.0.2.1:53", "192.0.2.7:5000", { networkNamespace: 2 }),
      flow("g", "192.0.2.1:53", "192.0.2.7:5000", { protocol: "udp" }),
      flow("h", "192.0.2.1:53", "192.0.2.7:5001", { protocol: "udp" }),
    ]);
    expect(profile.listens.map((row) => [row.protocol, row.networkNamespace, row.flows])).toEqual([
      ["tcp", 1, 0],
      ["tcp", 2, 1],
      ["udp", 1, 2],
    ]);
  });

  it("tells of a listener that only its flows show, without saying who chose its port", () => {
    const [row] = profileOf([flow("f", "192.0.2.1:22", "192.0.2.7:5000")]).listens;
    expect(row).toMatchObject({ address: "192.0.2.1", port: 22, flows: 1, firstSeen: "2026-11-23T09:00:01.000000Z" });
    expect(row).not.toHaveProperty("portChosenBy");
  });

  it("counts sockets that share a port, and one after another, as one", () => {
    const profile = profileOf([
      listen("a", "0.0.0.0", 80),
      listen("b", "0.0.0.0", 80, { process: { pid: 103, startedAt: START } }),
      { kind: "unlisten", at: at(3), socket: "a" },
      { kind: "unlisten", at: at(5), socket: "b" },
    ]);
    expect(profile.listens).toMatchObject([{ pids: [100, 103], lastSeen: "2026-11-23T09:00:05.000000Z" }]);
  });

  it("keeps 23 ports that the system chose as 23 rows", () => {
    const events = Array.from({ length: 23 }, (_, i) =>
      listen(`s${i}`, "0.0.0.0", 40000 + i, { portChosenBy: "system" }),
    );
    expect(profileOf(events).listens.filter((row) => row.portChosenBy === "system")).toHaveLength(23);
  });

  it("counts a flow whose peer is unknown, and calls that a gap", () => {
    const { remote: _, ...event } = flow("f", "192.0.2.1:514", "192.0.2.7:1", { protocol: "udp" });
    const profile = profileOf([listen("s", "0.0.0.0", 514, { protocol: "udp" }), event]);
    expect(profile.listens).toMatchObject([{ flows: 1, peers: [], peersUnknown: 1 }]);
    expect(profile.gaps).toMatchObject([{ lost: 1 }]);
  });
});

describe("bytes", () => {
  const open = listen("s", "0.0.0.0", 80);
  const uncounted = { bytesIn: undefined, bytesOut: undefined };

  function without(event: ReturnType<typeof flow>) {
    const { bytesIn: _in, bytesOut: _out, ...rest } = event;
    return rest;
  }

  it("adds the pieces of one flow", () => {
    const begin = without(flow("f", "192.0.2.1:80", "192.0.2.7:1", { ended: false }));
    const sweep = flow("f", "192.0.2.1:80", "192.0.2.7:1", { begun: false, ended: false });
    const end = flow("f", "192.0.2.1:80", "192.0.2.7:1", { begun: false });
    expect(profileOf([open, begin, sweep, end]).listens).toMatchObject([{ flows: 1, bytesIn: 22, bytesOut: 26 }]);
  });

  it("is absent where none could be counted", () => {
    const [row] = profileOf([open, without(flow("f", "192.0.2.1:80", "192.0.2.7:1"))]).listens;
    expect(row?.flows).toBe(1);
    expect({ bytesIn: row?.bytesIn, bytesOut: row?.bytesOut }).toEqual(uncounted);
    expect(row).not.toHaveProperty("bytesPartial");
  });

  it("is marked as a lower bound where some could not be counted", () => {
    const known = flow("f", "192.0.2.1:80", "192.0.2.7:1");
    const unknown = without(flow("g", "192.0.2.1:80", "192.0.2.7:2"));
    expect(profileOf([open, known, unknown]).listens).toMatchObject([{ bytesIn: 11, bytesPartial: true }]);
  });

  it("is zero for a listener that nobody used, but absent where polling may have missed them", () => {
    expect(profileOf([open]).listens).toMatchObject([{ flows: 0, bytesIn: 0, bytesOut: 0 }]);
    const [polled] = profileOf([listen("s", "0.0.0.0", 80, { evidence: { source: "polled" } })]).listens;
    expect(polled).not.toHaveProperty("flows");
    expect(polled).not.toHaveProperty("bytesIn");
  });
});

describe("connects", () => {
  const get = (id: string, remote: string, more = {}) => flow(id, "192.0.2.1:50000", remote, { ...outbound, ...more });

  it("joins flows to one remote port, with failures by their errors", () => {
    const refused = { begun: false, failed: "ECONNREFUSED" };
    const profile = profileOf([
      get("a", "203.0.113.5:443", { callers: ["libc+0x1", "curl+0x2"] }),
      get("b", "203.0.113.5:443", { callers: ["libc+0x1", "curl+0x3"] }),
      get("c", "203.0.113.5:443", refused),
      get("d", "203.0.113.5:443", refused),
      get("e", "203.0.113.5:443", { begun: false, failed: "ETIMEDOUT" }),
    ]);
    expect(profile.connects).toMatchObject([
      {
        remote: { address: "203.0.113.5", port: 443 },
        flows: 2,
        failed: 3,
        errors: { ECONNREFUSED: 2, ETIMEDOUT: 1 },
        bytesIn: 22,
        callers: ["libc+0x1", "curl+0x2", "curl+0x3"],
        evidence: { source: "context" },
      },
    ]);
    expect(profile.coverage).toMatchObject({ flows: 2, failed: 3 });
  });

  it("names the address as it was asked for when the flow began", () => {
    const named = (name: string, seconds: number, address = "203.0.113.5"): CollectorEvent => ({
      kind: "name",
      at: at(seconds),
      name,
      addresses: [address],
    });
    const [row] = profileOf([
      named("old.example", 0.1),
      named("new.example", 0.2),
      get("a", "203.0.113.5:443"),
    ]).connects;
    expect(row).toMatchObject({ name: "new.example", names: ["old.example", "new.example"] });
    const [late] = profileOf([get("a", "203.0.113.5:443"), named("later.example", 9)]).connects;
    expect(late).not.toHaveProperty("name");
    const [mapped] = profileOf([named("v4.example", 0.1), get("a", "::ffff:203.0.113.5:443")]).connects;
    expect(mapped).toMatchObject({ name: "v4.example" });
  });

  it("cannot give a row to an exchange without a peer, so it is a gap", () => {
    const { remote: _, ...event } = get("a", "203.0.113.5:443", { protocol: "udp" });
    const profile = profileOf([event]);
    expect(profile).toMatchObject({ usesNetwork: true, complete: false, connects: [], gaps: [{ lost: 1 }] });
    expect(profile.coverage.connectsWithoutPeer).toBe(1);
  });

  it("lets the most doubtful evidence speak, with every candidate", () => {
    const profile = profileOf([
      get("a", "203.0.113.5:443"),
      get("b", "203.0.113.5:443", { evidence: { source: "ambiguous", candidates: [9, 7] } }),
      get("c", "203.0.113.5:443", { evidence: { source: "ambiguous", candidates: [7, 8] } }),
    ]);
    expect(profile.connects[0]?.evidence).toEqual({ source: "ambiguous", candidates: [7, 8, 9] });
  });
});

describe("processes and binds", () => {
  it("describes a process as its latest exec does, and says when it ended", () => {
    const profile = profileOf([
      process(100, { name: "sh", arguments: ["sh", "-c", "nginx"], parents: [{ pid: 1, name: "init" }] }),
      process(100, { name: "nginx", executable: "/usr/sbin/nginx" }),
      { kind: "exit", at: at(3), process: { pid: 100, startedAt: START } },
      process(100, { startedAt: START + 1 }),
    ]);
    expect(profile.processes).toEqual([
      {
        pid: 100,
        startTime: "2026-11-23T09:00:00.000000Z",
        endTime: "2026-11-23T09:00:03.000000Z",
        name: "nginx",
        executable: "/usr/sbin/nginx",
        parents: [{ pid: 1, name: "init" }],
      },
      { pid: 100, startTime: "2026-11-23T09:00:00.000001Z", name: "nginx" },
    ]);
  });

  it("counts the pids of which nothing else is known", () => {
    expect(
      profileOf([process(100), listen("s", "::", 80), flow("f", "::1:80", "::1:9")]).coverage.processesUnknown,
    ).toBe(1);
  });

  it("joins equal failed binds", () => {
    const bind = (pid: number): CollectorEvent => ({
      kind: "bind-failed",
      at: START,
      protocol: "tcp",
      local: { address: "0.0.0.0", port: 80 },
      error: "EADDRINUSE",
      process: { pid, startedAt: START },
    });
    const profile = profileOf([bind(7), bind(5), bind(7)]);
    expect(profile.usesNetwork).toBe(true);
    expect(profile.failedBinds).toEqual([
      { protocol: "tcp", address: "0.0.0.0", port: 80, error: "EADDRINUSE", pids: [5, 7], count: 3 },
    ]);
  });
});

describe("limits", () => {
  it("counts what goes beyond them, as gaps", () => {
    const builder = createProfile({ listens: 2, connects: 2, processes: 2, peers: 2 });
    builder.add([1, 2, 3, 4, 5].map((port) => listen(`s${port}`, "0.0.0.0", port)));
    builder.add([1, 2, 3, 4, 5].map((pid) => process(pid)));
    builder.add([1, 2, 3, 4, 5].map((peer) => flow(`f${peer}`, "0.0.0.0:1", `192.0.2.${peer}:9`)));
    builder.add([1, 2, 3, 4, 5].map((peer) => flow(`g${peer}`, "0.0.0.0:9", `192.0.2.${peer}:9`, outbound)));
    const profile = builder.finish(facts());
    expect(profile.listens).toHaveLength(2);
    expect(profile.listens[0]).toMatchObject({ flows: 5, peersOmitted: 3 });
    expect(profile.listens[0]?.peers).toHaveLength(2);
    expect(profile.connects).toHaveLength(2);
    expect(profile.processes).toHaveLength(2);
    expect(profile.coverage.processes).toBe(5);
    expect(profile.gaps.map((gap) => gap.lost)).toEqual([3, 3, 3, 3]);
    expect(profile.complete).toBe(false);
  });

  it("keeps one row however many flows there are", () => {
    const builder = createProfile();
    const count = 200_003;
    builder.add([listen("s", "0.0.0.0", 80)]);
    for (let i = 0; i < count; i++) builder.add([flow(`f${i}`, "192.0.2.1:80", `192.0.2.7:${i % 65536}`)]);
    const profile = builder.finish(facts());
    expect(profile.listens).toMatchObject([{ flows: count, bytesIn: 11 * count, peers: [{ flows: count }] }]);
    expect(JSON.stringify(profile).length).toBeLessThan(2_000);
  });
});
