import { describe, expect, test } from "vitest";
import type { Usage } from "../../../src/model/record.ts";
import { portolan } from "../made-up-world.ts";
import { flow, madeUpRecord, minutes, process } from "./made-up-record.ts";

const web = process(100, "web");
const page: Usage = { application: "web", use: "listen", protocol: "tcp", port: 80, peer: "0.0.0.0" };
const visitor: Usage = { application: "web", use: "inbound", protocol: "tcp", port: 80, peer: "198.51.100.7" };
const database: Usage = { application: "web", use: "outbound", protocol: "tcp", port: 5432, peer: "127.0.0.1" };
const refused: Usage = { application: "web", use: "bind-failed", protocol: "tcp", port: 81, peer: "0.0.0.0" };

async function record(): Promise<string> {
  return madeUpRecord(
    {
      processes: [web],
      programs: [{ executable: "/usr/sbin/web", sha256: "ab".repeat(32), size: 23, firstSeen: minutes(1) }],
      ...flow(page, web, minutes(1), { endedAt: minutes(120) }),
    },
    ...Array.from({ length: 23 }, (_, i) => flow(visitor, web, minutes(2) + i, { bytesIn: 10, bytesOut: 100 })),
    flow(database, web, minutes(70), { bytesIn: 1, bytesOut: 2, name: "db.example.net" }),
    flow(refused, web, minutes(71), { error: "EADDRINUSE" }),
  );
}

describe("apps", () => {
  test("lists every application with its sums", async () => {
    const store = await record();
    const { status, stdout } = await portolan(["apps", "--json", "--store", store]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).applications).toMatchObject([
      { application: "web", listens: 1, usages: 4, flows: 24, failed: 1, bytesIn: 231, bytesOut: 2302 },
    ]);
    const text = await portolan(["apps", "--store", store], { columns: 80 });
    expect(text.stdout).toMatch(/^1 application used the network since /);
    expect(text.stdout).toMatch(/^web +1 +24 +1 /m);
  });

  test("answers 1 for a time in which there was none", async () => {
    const { status } = await portolan(["apps", "--until", "2026-11-16", "--store", await record()]);
    expect(status).toBe(1);
  });
});

describe("app", () => {
  test("knows one application's ports, peers, programs and hours", async () => {
    const { status, stdout } = await portolan(["app", "web", "--json", "--store", await record()]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "portolan.app/1",
      application: "web",
      listens: [
        { port: 80, addresses: ["0.0.0.0"], exposure: "network", peers: 1, flows: 23, topPeers: [{ flows: 23 }] },
      ],
      connects: [{ port: 5432, peer: "127.0.0.1", names: ["db.example.net"], flows: 1 }],
      failedBinds: [{ port: 81, address: "0.0.0.0", failed: 1 }],
      programs: [{ executable: "/usr/sbin/web", size: 23 }],
      processes: [{ pid: 100 }],
      hours: [
        { hour: "2026-11-17T14:00:00.000000Z", flows: 23 },
        { hour: "2026-11-17T15:00:00.000000Z", flows: 1, failed: 1 },
      ],
    });
  });

  test("shows it in 80 columns", async () => {
    const { stdout } = await portolan(["app", "web", "--store", await record()], { columns: 80 });
    expect(stdout).toContain("tcp 80 (network)");
    expect(stdout).toContain("could not bind tcp 81: 1 time");
    expect(stdout).toMatch(/^\d\d:00 {2}23 {2}█{40}$/m);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("says what there is instead of what there is not", async () => {
    const store = await record();
    const unknown = await portolan(["app", "WEB", "--store", store]);
    expect(unknown.status).toBe(1);
    expect(unknown.stderr).toContain("It holds web.");
    const then = await portolan(["app", "web", "--until", "2026-11-16", "--store", store]);
    expect(then.stderr).toContain("It is in the record, at other times.");
  });
});
