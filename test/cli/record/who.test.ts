import { describe, expect, test } from "vitest";
import type { WhoDocument } from "../../../src/model/documents/who.ts";
import type { Usage } from "../../../src/model/record.ts";
import { portolan } from "../made-up-world.ts";
import { flow, madeUpRecord, minutes, process, TUESDAY } from "./made-up-record.ts";

const backdoor = process(4711, "sleeper", { user: "eve\x1b[31m", parents: [{ pid: 1, name: "init" }] });
const browser = process(815, "browser");
const listening: Usage = { application: "sleeper", use: "listen", protocol: "tcp", port: 4444, peer: "0.0.0.0" };
const inbound: Usage = { application: "sleeper", use: "inbound", protocol: "tcp", port: 4444, peer: "198.51.100.7" };
const outbound: Usage = { application: "browser", use: "outbound", protocol: "tcp", port: 443, peer: "203.0.113.5" };

async function record(): Promise<string> {
  return madeUpRecord(
    { processes: [backdoor, browser], ...flow(listening, backdoor, minutes(1), { endedAt: minutes(90) }) },
    ...Array.from({ length: 23 }, (_, i) =>
      flow(inbound, backdoor, minutes(5) + i * 1000, { otherPort: 50000 + i, bytesIn: 7, bytesOut: 11 }),
    ),
    {
      ...flow(outbound, browser, minutes(20), { otherPort: 40000, name: "www.example.net" }),
      hostAddresses: ["192.0.2.1"],
    },
    { gaps: [{ from: minutes(60), until: minutes(61), reason: "the recorder was not running" }] },
  );
}

async function who(...words: string[]): Promise<{ status: number; document: WhoDocument; stderr: string }> {
  const { status, stdout, stderr } = await portolan(["who", ...words, "--json"]);
  return { status, stderr, document: stdout === "" ? ({} as WhoDocument) : JSON.parse(stdout) };
}

describe("who", () => {
  test("answers for a port: who held it, and who came", async () => {
    const store = await record();
    const { status, document } = await who(":4444", "--store", store);
    expect(status).toBe(0);
    expect(document.answers).toMatchObject([
      {
        application: "sleeper",
        direction: "inbound",
        protocol: "tcp",
        port: 4444,
        listening: true,
        flows: 0,
        addresses: ["0.0.0.0"],
      },
      { application: "sleeper", direction: "inbound", peer: "198.51.100.7", flows: 23, bytesIn: 161, bytesOut: 253 },
    ]);
    expect(document.answers[1]?.processes[0]).toMatchObject({ pid: 4711, executable: "/usr/sbin/sleeper" });
  });

  test("tells what was before an interval, within it, and never", async () => {
    const store = await record();
    const at = (time: string) => who(":4444", "--at", time, "--store", store);
    expect((await at("2026-11-17T14:05Z")).document.answers).toHaveLength(2);
    expect((await at("2026-11-17T14:30:00Z")).document.answers).toMatchObject([{ listening: true }]);
    const never = await who(":4445", "--since", "2026-11-17T14:10Z", "--until", "2026-11-17T14:20Z", "--store", store);
    expect([never.status, never.document.answers]).toEqual([1, []]);
  });

  test("is undecided within a gap, and where the record does not reach", async () => {
    const store = await record();
    const asked = (...words: string[]) => who(":1", "--store", store, ...words);
    expect((await asked("--at", "2026-11-17T15:00:30Z")).status).toBe(2);
    expect((await asked("--at", "2026-11-16")).status).toBe(2);
    expect((await asked("--since", "2026-11-17T14:10Z", "--until", "2027-01-01")).status).toBe(2);
  });

  test.each([
    ["198.51.100.7", ["sleeper"]],
    ["198.51.100.0/24", ["sleeper"]],
    ["203.0.113.5:443", ["browser"]],
    ["203.0.113.5:444", []],
    ["www.example.net", ["browser"]],
    ["www.example.net:443", ["browser"]],
    ["192.0.2.1:4444", ["sleeper", "sleeper"]],
    ["4444", ["sleeper", "sleeper"]],
    ["[2001:db8::1]:443", []],
  ])("%s was used by %j", async (endpoint, applications) => {
    const { document } = await who(endpoint, "--store", await record());
    expect(document.answers.map(({ application }) => application)).toEqual(applications);
  });

  test("finds a client by its own port, where a time is stated", async () => {
    const store = await record();
    const without = await who(":50003", "--store", store);
    expect(without.document.answers).toEqual([]);
    const { document } = await who(":50003", "--at", "2026-11-17T14:05Z", "--store", store);
    expect(document.answers).toMatchObject([{ application: "sleeper", peer: "198.51.100.7", flows: 1 }]);
  });

  test("prints names harmlessly, and what it knows of the process", async () => {
    const { stdout } = await portolan(["who", ":4444", "--store", await record()], { columns: 80 });
    expect(stdout).toMatch(/^sleeper used port 4444\.\n/);
    expect(stdout).toContain("by /usr/sbin/sleeper 4711 as eve\\x1b[31m, started by init 1");
    expect(stdout).not.toContain("\x1b[31m");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });
});

test.each([
  [["who"], 64, /needs a port or an address/],
  [["who", "10.0.0.300"], 64, /is no port, address or name/],
  [["who", ":70000"], 64, /names no port/],
  [["who", ":1", "tuesday"], 64, /does not take the word "tuesday"/],
  [["who", ":1", "--at", "tuesday"], 64, /--at "tuesday" is no time/],
  [["who", ":1", "--at", "2h", "--since", "1h"], 64, /--at excludes/],
  [["who", ":1", "--since", "1h", "--until", "2h"], 64, /comes after/],
  [["who", ":1", "--store", "/nonexistent/portolan.db"], 69, /no record/i],
])("%j", async (argv, expected, text) => {
  const { status, stderr } = await portolan(argv);
  expect(stderr).toMatch(text);
  expect(status).toBe(expected);
});

test("the days of these tests are what they say", () => {
  expect(new Date(TUESDAY / 1000).toISOString()).toBe("2026-11-17T14:00:00.000Z");
});
