import { describe, expect, it } from "vitest";
import { createProfile } from "../../src/analyze/profile.ts";
import { at, facts, flow, listen, outbound, process, profileOf, START } from "./events.ts";

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
      singleSightings: 0,
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
    expect(builder.soFar()).toEqual({ listening: 1, flows: 1, failed: 0, processes: 0, gaps: 0 });
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
