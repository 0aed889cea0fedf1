import { describe, expect, it } from "vitest";
import type { ProcessKey } from "../../../src/model/process.ts";
import { at, flow, process, START } from "../events.ts";
import { folding } from "./folding.ts";

function used(id: string, key: ProcessKey) {
  return flow(id, "192.0.2.1:443", "192.0.2.7:50000", { process: key });
}

describe("a process", () => {
  it("is told of once, when it uses a port first, and again when it ends", () => {
    const { add, identified, take } = folding();
    const [server, idle] = [process(100, { unit: "web.service" }), process(200)];
    add(server, idle, used("f", server.process), used("g", server.process));
    expect(take().processes).toEqual([{ ...server.process, application: "web.service" }]);
    add(used("h", server.process));
    expect(take().processes).toEqual([]);
    for (const { process: ended } of [server, idle]) add({ kind: "exit", at: at(3), process: ended });
    expect(take()).toMatchObject({ processes: [], exits: [{ process: { pid: 100, startedAt: START }, at: at(3) }] });
    expect(identified).toHaveLength(1);
  });

  it("that ended before its connection did is known, with its end", () => {
    const { add, take } = folding();
    const client = process(100, { name: "cron job" });
    add(client, { kind: "exit", at: at(1.5), process: client.process }, used("f", client.process));
    expect(take()).toMatchObject({
      processes: [{ pid: 100, application: "cron job", endedAt: at(1.5) }],
      exits: [],
      flows: [{ usage: { application: "cron job" } }],
    });
  });

  it("that became another program is another application from then on", () => {
    const { add, take } = folding();
    const shell = process(100, {
      name: "sh",
      executable: "/bin/sh",
      parents: [{ pid: 1, name: "init" }],
    });
    const curl = process(100, { name: "curl", executable: "/usr/bin/curl" });
    add(shell, used("f", shell.process), curl, used("g", curl.process));
    const { flows, processes } = take();
    expect(flows.map(({ usage }) => usage.application)).toEqual(["sh", "curl"]);
    expect(processes).toMatchObject([{ name: "sh" }, { name: "curl", parents: [{ pid: 1, name: "init" }] }]);
  });

  it("that only changed its name is the same", () => {
    const { add, take } = folding();
    const before = process(100, { name: "node", executable: "/usr/bin/node" });
    add(before, used("f", before.process), process(100, { name: "MainThread", executable: "/usr/bin/node" }));
    add(used("g", before.process));
    expect(new Set(take().flows.map(({ usage }) => usage.application))).toEqual(new Set(["node"]));
  });

  it("whose pid came back is another", () => {
    const { add, take } = folding();
    const [first, second] = [process(100, { name: "one" }), process(100, { name: "two", startedAt: START + 1 })];
    add(first, second, used("f", second.process), used("g", first.process));
    expect(take().flows.map(({ usage }) => usage.application)).toEqual(["two", "one"]);
  });

  it("that nobody told of is unknown, and so is none; the kernel's own is the kernel's", () => {
    const { add, take } = folding();
    const { process: _, ...nobody } = used("g", { pid: 1, startedAt: START });
    add(used("f", { pid: 300, startedAt: START }), nobody, { ...nobody, flow: "h", evidence: { source: "kernel" } });
    expect(take().flows.map(({ usage }) => usage.application)).toEqual(["unknown", "unknown", "kernel"]);
  });

  it("beyond the limit is a counted gap, and its application unknown", () => {
    const { add, take } = folding({ processes: 7 });
    for (let pid = 100; pid < 130; pid++) add(process(pid));
    add(used("f", process(129).process));
    const { gaps, flows } = take();
    expect(gaps).toMatchObject([{ lost: 23 }]);
    expect(flows).toMatchObject([{ usage: { application: "unknown" } }]);
  });
});

it("addresses of this machine are told when they come into use, as a firewall writes them", () => {
  const { add, pass, take } = folding();
  const server = process(101);
  for (const local of ["192.0.2.1:80", "::ffff:192.0.2.1:80", "2001:db8::1:80", "127.0.0.1:80", "192.0.2.1:81"]) {
    add(server, flow(local, local, "192.0.2.7:50000"));
  }
  expect(take().hostAddresses).toEqual(["192.0.2.1", "2001:db8::1"]);
  add(flow("f", "192.0.2.1:80", "192.0.2.7:50000"));
  expect(take().hostAddresses).toEqual([]);
  pass(3600);
  take();
  add(flow("g", "192.0.2.1:80", "192.0.2.7:50000"));
  expect(take().hostAddresses).toEqual(["192.0.2.1"]);
});

it("what the collector lost is a gap of the record, counted", () => {
  const { add, fold, take } = folding({ gaps: 2 });
  for (let second = 0; second < 5; second++) {
    const gap = { from: at(second), until: at(second + 1), reason: `reason ${second % 2}`, lost: 7 };
    add({ kind: "gap", at: at(second), gap });
  }
  expect(take().gaps).toEqual([
    { from: at(0), until: at(5), reason: "reason 0", lost: 21 },
    { from: at(1), until: at(4), reason: "reason 1", lost: 14 },
  ]);
  expect(fold.counts).toEqual({ flows: 0, lost: 35 });
});
