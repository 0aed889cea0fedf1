import { describe, expect, it } from "vitest";
import type { FlowEvent } from "../../../src/model/event.ts";
import { at, flow, outbound, process, START } from "../events.ts";
import { folding, latest, summed } from "./folding.ts";

const server = process(101);
const SERVICE = "192.0.2.1:443";

function inbound(id: string, more: Partial<FlowEvent> = {}): FlowEvent {
  return flow(id, SERVICE, "192.0.2.7:50000", more);
}

describe("a short connection", () => {
  it("is one row, and one flow of its hour", () => {
    const { add, take } = folding();
    add(server, ...Array.from({ length: 23 }, (_, index) => inbound(`f${index}`)));
    const batch = take();
    expect(batch.flows).toHaveLength(23);
    const usage = { application: "nginx", use: "inbound", protocol: "tcp", port: 443, peer: "192.0.2.7" };
    expect(batch.flows[22]).toEqual({
      flow: "f22",
      usage,
      startedAt: at(1),
      endedAt: at(2),
      process: { pid: 101, startedAt: START },
      localAddress: "192.0.2.1",
      otherPort: 50000,
      bytesIn: 11,
      bytesOut: 13,
      evidence: "accept",
    });
    const sums = { flows: 23, failed: 0, bytesIn: 23 * 11, bytesOut: 23 * 13, first: at(1), last: at(2) };
    expect(batch.hourly).toEqual([{ hour: Math.floor(START / 3.6e9), usage, ...sums }]);
    expect(take()).toMatchObject({ flows: [], hourly: [], processes: [], gaps: [] });
  });

  it("that went out has the remote port as the service's, and the name that was asked for", () => {
    const { add, take } = folding();
    add(server, { kind: "name", at: START, name: "db.example", addresses: ["192.0.2.9"] });
    add(flow("f", "192.0.2.1:40000", "192.0.2.9:5432", outbound));
    expect(take().flows).toMatchObject([
      { usage: { use: "outbound", port: 5432, peer: "192.0.2.9" }, otherPort: 40000, name: "db.example" },
    ]);
  });

  it("without a figure leaves bytes unknown", () => {
    const { add, take } = folding();
    const { bytesIn, bytesOut, ...event } = inbound("f");
    add(server, event);
    const { flows, hourly } = take();
    for (const row of [...flows, ...hourly]) expect(Object.keys(row)).not.toContain("bytesIn");
  });

  it("that never came to be says why, and counts as failed", () => {
    const { add, take } = folding();
    add(server, flow("f", "0.0.0.0:0", "192.0.2.9:25", { ...outbound, begun: false, failed: "ECONNREFUSED" }));
    const { flows, hourly } = take();
    expect(flows).toMatchObject([{ usage: { port: 25 }, error: "ECONNREFUSED", endedAt: at(2) }]);
    expect(flows[0]).not.toHaveProperty("otherPort");
    expect(hourly).toMatchObject([{ flows: 0, failed: 1 }]);
  });

  it("around a full hour begins in one and ends in the other", () => {
    const { add, take } = folding();
    const full = Math.ceil(START / 3.6e9) * 3.6e9 + 3.6e9;
    add(server, inbound("f", { startedAt: full - 400_000, at: full + 300_000 }));
    expect(take().hourly).toMatchObject([
      { hour: full / 3.6e9 - 1, flows: 1, first: full - 400_000, last: full - 400_000 },
      { hour: full / 3.6e9, flows: 0, bytesIn: 11, first: full + 300_000 },
    ]);
  });
});

describe("a long connection", () => {
  const opens = inbound("f", { ended: false });
  const grows = (seconds: number, bytes: number, ended = false) =>
    inbound("f", { at: at(seconds), begun: false, ended, bytesIn: bytes, bytesOut: 0 });

  it("is written when it is seen, as it grows once a minute, and at its end", () => {
    const { add, pass, take } = folding();
    add(server, opens);
    const batches = [take()];
    for (let second = 3; second <= 140; second++) {
      pass(1);
      add(grows(second, 7));
      batches.push(take());
    }
    const written = batches.flatMap(({ flows }) => flows);
    expect(written.map(({ bytesIn }) => bytesIn)).toEqual([11, 11 + 60 * 7, 11 + 120 * 7]);
    add(grows(141, 5, true));
    const end = take();
    expect(end.flows).toMatchObject([{ flow: "f", bytesIn: 11 + 138 * 7 + 5, startedAt: at(1), endedAt: at(141) }]);
    expect(summed([...batches, end])).toMatchObject([{ flows: 1, bytesIn: 11 + 138 * 7 + 5 }]);
  });

  it("that carries nothing is not written again, and shows in every hour while it is open", () => {
    const { add, pass, take } = folding();
    add(server, opens);
    const batches = [take()];
    for (let minute = 0; minute < 7 * 60; minute++) {
      pass(60);
      batches.push(take());
    }
    expect(batches.flatMap(({ flows }) => flows)).toHaveLength(1);
    const hours = summed(batches);
    expect(hours.map(({ hour }) => hour - Math.floor(START / 3.6e9))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    for (const { hour, first, last } of hours.slice(1, 7)) {
      expect([first, last]).toEqual([hour * 3.6e9, (hour + 1) * 3.6e9 - 1]);
    }
    expect(hours.map(({ flows }) => flows)).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("is brought up to date when the recorder ends, and stays open in the record", () => {
    const { add, pass, take, wall } = folding();
    add(server, opens);
    take();
    pass(17);
    add(grows(17, 5));
    const { flows, hourly } = take(true);
    expect(flows).toMatchObject([{ bytesIn: 16 }]);
    expect(flows[0]).not.toHaveProperty("endedAt");
    expect(hourly).toMatchObject([{ last: wall() }]);
  });

  it("that was there before counts as no flow, and says so", () => {
    const { add, find, take } = folding();
    find(server, inbound("f", { ended: false, evidence: { source: "holder" }, bytesIn: 0, bytesOut: 0 }));
    add(grows(4, 3, true));
    const { flows, hourly } = take();
    expect(flows).toMatchObject([{ found: true, bytesIn: 3, endedAt: at(4) }]);
    expect(hourly).toMatchObject([{ flows: 0, bytesIn: 3 }]);
  });

  it("whose beginning was lost is found when it goes on", () => {
    const { add, take } = folding();
    add(server, grows(90, 3), grows(95, 4, true));
    expect(take().flows).toMatchObject([{ found: true, startedAt: at(90), endedAt: at(95), bytesIn: 7 }]);
  });
});

describe("a connection that nobody was seen to accept", () => {
  const listener = process(100, { name: "systemd" });
  const waits = inbound("f", { ended: false, process: listener.process, evidence: { source: "listener" } });

  it("waits for its acceptor, and then has one usage", () => {
    const { add, pass, take } = folding();
    add(listener, server, waits);
    expect(take()).toMatchObject({ flows: [], hourly: [] });
    pass(2);
    add(inbound("f", { begun: false, ended: false, at: at(4), bytesIn: 2, bytesOut: 0 }));
    const { flows, hourly } = take();
    expect(flows).toMatchObject([{ usage: { application: "nginx" }, startedAt: at(1), bytesIn: 13, bytesOut: 13 }]);
    expect(hourly).toMatchObject([{ usage: { application: "nginx" }, flows: 1, bytesIn: 13 }]);
  });

  it("gets the listener's owner after a while, and keeps that usage whoever accepts it later", () => {
    const { add, pass, take } = folding();
    add(listener, server, waits);
    const batches = [take()];
    for (let second = 0; second < 5; second++) {
      pass(1);
      batches.push(take());
    }
    expect(latest(batches)).toMatchObject([{ usage: { application: "systemd" }, evidence: "listener" }]);
    add(inbound("f", { begun: false, at: at(9) }));
    batches.push(take());
    expect(latest(batches)).toMatchObject([
      { usage: { application: "systemd" }, process: { pid: 101 }, evidence: "accept", endedAt: at(9) },
    ]);
    expect(summed(batches)).toMatchObject([{ usage: { application: "systemd" }, flows: 1, bytesIn: 22 }]);
  });

  it("that closes meanwhile is one short connection", () => {
    const { add, take } = folding();
    add(listener, server, waits, inbound("f", { begun: false, at: at(3), bytesIn: 1, bytesOut: 1 }));
    expect(take()).toMatchObject({ flows: [{ bytesIn: 12, bytesOut: 14 }], hourly: [{ flows: 1, bytesIn: 12 }] });
  });
});

describe("a UDP exchange", () => {
  const datagrams = (seconds: number, more: Partial<FlowEvent> = {}) =>
    inbound("u", { protocol: "udp", at: at(seconds), begun: false, ended: false, ...more });

  it("has ended when nothing came for minutes, and begins anew when something does", () => {
    const { add, pass, take } = folding();
    add(server, datagrams(2, { begun: true }));
    const batches = [take()];
    pass(181);
    batches.push(take());
    expect(batches[1]?.flows).toMatchObject([{ flow: "u", startedAt: at(1), endedAt: at(2) }]);
    pass(100);
    add(datagrams(283));
    batches.push(take());
    expect(batches[2]?.flows).toMatchObject([{ flow: "u", startedAt: at(283) }]);
    expect(batches[2]?.flows[0]).not.toHaveProperty("found");
    expect(summed(batches)).toMatchObject([{ flows: 1, bytesIn: 22 }]);
  });

  it("that ended here does not end again when its socket closes", () => {
    const { add, pass, take } = folding();
    add(server, datagrams(2, { begun: true }));
    take();
    pass(181);
    take();
    add(datagrams(200, { ended: true, bytesIn: 0, bytesOut: 0 }));
    expect(take()).toMatchObject({ flows: [], hourly: [] });
  });

  it("shows in the hours in which datagrams came, and not in those between", () => {
    const { add, pass, take } = folding();
    add(server, datagrams(2, { begun: true }));
    const batches = [take()];
    for (let minute = 0; minute < 180; minute++) {
      pass(60);
      batches.push(take());
    }
    add(datagrams(3 * 3600));
    batches.push(take());
    expect(summed(batches).map(({ hour }) => hour - Math.floor(START / 3.6e9))).toEqual([0, 3]);
  });
});

it("of a polling collector is an attempt until it is established", () => {
  const polled = { ...outbound, evidence: { source: "polled" } } as const;
  const attempt = flow("f", "192.0.2.1:40000", "192.0.2.9:443", { ...polled, begun: false, ended: false });
  const { add, take } = folding();
  add(server, attempt);
  expect(take()).toMatchObject({ hourly: [{ flows: 0, failed: 0 }] });
  add({ ...attempt, begun: true, at: at(3) });
  expect(take().hourly).toMatchObject([{ flows: 1 }]);
});

it("beyond the limit is a counted gap", () => {
  const { add, take } = folding({ flows: 7 });
  add(server, ...Array.from({ length: 30 }, (_, index) => inbound(`f${index}`, { ended: false })));
  const { flows, gaps } = take();
  expect(flows).toHaveLength(7);
  expect(gaps).toEqual([
    {
      from: at(2),
      until: at(2),
      reason: "more open connections than are kept in mind: the later ones are missing",
      lost: 23,
    },
  ]);
});
