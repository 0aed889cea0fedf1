import { describe, expect, it } from "vitest";
import { at, listen, process, START } from "../events.ts";
import { folding, latest, summed } from "./folding.ts";

const systemd = process(1, { name: "systemd" });
const master = process(100, { name: "nginx" });
const worker = process(101, { name: "nginx", startedAt: START + 5 });

describe("a listener", () => {
  it("is a use of its port while it is open", () => {
    const { add, pass, take } = folding();
    add(master, listen("s", "0.0.0.0", 443));
    const usage = { application: "nginx", use: "listen", protocol: "tcp", port: 443, peer: "0.0.0.0" };
    const { flows, hourly } = take();
    expect(flows).toEqual([
      { flow: "listen:s", usage, startedAt: START, evidence: "context", process: { pid: 100, startedAt: START } },
    ]);
    expect(hourly).toMatchObject([{ usage, flows: 1, failed: 0 }]);
    pass(23);
    add({ kind: "unlisten", at: at(23), socket: "s" });
    expect(take().flows).toMatchObject([{ flow: "listen:s", startedAt: START, endedAt: at(23) }]);
  });

  it("that opens and closes between two batches is one row", () => {
    const { add, take } = folding();
    add(master, listen("s", "0.0.0.0", 443), { kind: "unlisten", at: at(0.5), socket: "s" });
    expect(take()).toMatchObject({ flows: [{ endedAt: at(0.5) }], hourly: [{ flows: 1 }] });
  });

  it("that was there before is found once, whoever holds it", () => {
    const { find, take } = folding();
    const held = { evidence: { source: "holder" } } as const;
    find(master, worker);
    for (const { process: holder } of [worker, master]) find(listen("s", "0.0.0.0", 443, { ...held, process: holder }));
    const { flows, hourly } = take();
    expect(flows).toMatchObject([{ found: true, process: { pid: 100 }, evidence: "holder" }]);
    expect(hourly).toMatchObject([{ flows: 0 }]);
  });

  it("of two applications is a use of both, and of process 1 only where nobody else holds it", () => {
    const other = process(200, { name: "haproxy" });
    const { find, take } = folding();
    find(systemd, master, other);
    for (const { process: holder } of [systemd, master, other]) find(listen("s", "0.0.0.0", 443, { process: holder }));
    find(listen("t", "0.0.0.0", 22, { process: systemd.process }));
    const { flows } = take();
    expect(flows.map(({ flow, usage }) => [flow, usage.application])).toEqual([
      ["listen:s", "nginx"],
      ["listen:s#1", "haproxy"],
      ["listen:t", "systemd"],
    ]);
  });

  it("of process 1 and others, which a polling collector tells at once, is the others'", () => {
    const { find, take } = folding();
    find(systemd, master);
    find(
      listen("s", "0.0.0.0", 443, { process: systemd.process, evidence: { source: "polled", candidates: [1, 100] } }),
    );
    expect(take().flows).toMatchObject([{ usage: { application: "nginx" }, found: true, process: { pid: 100 } }]);
  });

  it("beyond the limit is a counted gap", () => {
    const { add, take } = folding({ listeners: 7 });
    add(master, ...Array.from({ length: 30 }, (_, index) => listen(`s${index}`, "127.0.0.1", 1000 + index)));
    const { flows, gaps } = take();
    expect([flows.length, gaps[0]?.lost]).toEqual([7, 23]);
  });
});

it("several sockets of one usage are in use until the last one closes", () => {
  const { add, pass, take } = folding();
  add(master, listen("s", "0.0.0.0", 443), listen("t", "0.0.0.0", 443));
  const batches = [take()];
  pass(3600);
  add({ kind: "unlisten", at: at(3600), socket: "s" });
  batches.push(take());
  for (let minute = 0; minute < 60; minute++) {
    pass(60);
    batches.push(take());
  }
  add({ kind: "unlisten", at: at(7200), socket: "t" });
  batches.push(take());
  expect(summed(batches).map(({ flows }) => flows)).toEqual([2, 0, 0]);
  expect(latest(batches).map(({ endedAt }) => endedAt)).toEqual([at(3600), at(7200)]);
  pass(7200);
  expect(take().hourly).toEqual([]);
});

it("a bind that the kernel refused is a row of its own each time", () => {
  const { add, take } = folding();
  const local = { address: "0.0.0.0", port: 80 };
  for (let attempt = 0; attempt < 23; attempt++) {
    const event = { kind: "bind-failed", at: at(attempt), protocol: "tcp", local, error: "EADDRINUSE" } as const;
    add(master, { ...event, process: master.process });
  }
  const { flows, hourly } = take();
  const usage = { application: "nginx", use: "bind-failed", protocol: "tcp", port: 80, peer: "0.0.0.0" };
  expect(flows).toHaveLength(23);
  expect(new Set(flows.map(({ flow }) => flow)).size).toBe(23);
  expect(flows[0]).toMatchObject({ usage, error: "EADDRINUSE", startedAt: at(0), endedAt: at(0) });
  expect(hourly).toMatchObject([{ usage, flows: 0, failed: 23 }]);
});
