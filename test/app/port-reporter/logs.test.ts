import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openPortReporterLogs } from "../../../src/app/port-reporter/logs.ts";
import type { ImportDocument } from "../../../src/model/documents/import.ts";
import type { WhoDocument } from "../../../src/model/documents/who.ts";
import type { FlowRecord, RecordedProcess } from "../../../src/model/record.ts";
import { portolan } from "../../cli/made-up-world.ts";

const START = Date.UTC(2026, 10, 17, 14) * 1000;
const second = (count: number) => START + count * 1_000_000;

const server: RecordedProcess = {
  ...{ pid: 4711, startedAt: START - 1e6, name: "nginx", application: "nginx.service", unit: "nginx.service" },
  ...{ executable: "/usr/sbin/nginx", modules: ["/usr/sbin/nginx", "/lib/libc.so.6"], user: "www-data", uid: 33 },
};

function flow(about: Partial<FlowRecord> & Pick<FlowRecord, "flow" | "usage" | "startedAt">): FlowRecord {
  return { process: { pid: server.pid, startedAt: server.startedAt }, evidence: "accept", ...about };
}

const application = "nginx.service";
const listening = flow({
  flow: "listen",
  usage: { application, use: "listen", protocol: "tcp", port: 8080, peer: "::" },
  startedAt: START,
  found: true,
});

function inbound(index: number): FlowRecord {
  const usage = { application, use: "inbound", protocol: "tcp", port: 8080, peer: `2001:db8::${index}` } as const;
  const [startedAt, endedAt] = [second(index), second(index + 1)];
  return flow({
    flow: `in ${index}`,
    usage,
    startedAt,
    endedAt,
    localAddress: "2001:db8::ff",
    otherPort: 40_000 + index,
  });
}

function outbound(index: number): FlowRecord {
  const usage = { application, use: "outbound", protocol: "udp", port: 53, peer: "192.0.2.53" } as const;
  return flow({
    flow: `out ${index}`,
    usage,
    startedAt: second(index),
    localAddress: "192.0.2.1",
    otherPort: 40_000 + index,
  });
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "portolan-logs-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test("logs that were written beside a record are imported as what was recorded", async () => {
  const path = join(folder(), "made", "on", "the", "way");
  const logs = openPortReporterLogs(path, START);
  logs.add({ until: START, processes: [server], flows: [listening] }, START);
  for (let index = 1; index <= 23; index++) {
    const flows = [inbound(index), ...(index <= 17 ? [outbound(index)] : []), listening];
    logs.add({ until: second(index), flows }, second(index));
  }
  const files = readdirSync(path);
  expect(files.map((name) => name.split("-")[1]).sort()).toEqual(["INITIAL", "PIDS", "PORTS"]);
  expect(files.map((name) => statSync(join(path, name)).mode & 0o7)).toEqual([0, 0, 0]);

  const store = join(path, "x.db");
  const { status, stdout } = await portolan([
    "import",
    ...files.map((name) => join(path, name)),
    "--store",
    store,
    "--json",
  ]);
  const { files: imported } = JSON.parse(stdout) as ImportDocument;
  expect(status).toBe(0);
  expect(
    imported.map(({ kind, computer, imported: count, unreadable }) => [kind, computer, count, unreadable]),
  ).toEqual([
    ["PR-INITIAL", hostname(), 1, 0],
    ["PR-PORTS", hostname(), 40, 0],
    ["PR-PIDS", hostname(), 0, 0],
  ]);
  const who = async (endpoint: string) =>
    JSON.parse((await portolan(["who", endpoint, "--store", store, "--json"])).stdout) as WhoDocument;
  const sum = ({ answers }: WhoDocument) => answers.reduce((flows, answer) => flows + answer.flows, 0);
  const web = await who(":8080");
  expect([sum(web), sum(await who("192.0.2.53:53"))]).toEqual([23, 17]);
  expect(web.answers.filter(({ listening: open }) => open)).toMatchObject([
    { application: "nginx", addresses: ["::"] },
  ]);
  expect(web.answers[0]?.processes[0]).toMatchObject({
    ...{ pid: 4711, executable: "/usr/sbin/nginx", user: "www-data", unit: "nginx.service" },
    modules: server.modules,
  });
});

test("a folder that takes no files is a problem of its own", () => {
  expect(() => openPortReporterLogs("/dev/null/logs", START)).toThrow(
    expect.objectContaining({ code: "output-failed" }),
  );
  const path = folder();
  const logs = openPortReporterLogs(path, START);
  rmSync(path, { recursive: true });
  expect(() => logs.add({ until: START }, START)).toThrow(expect.objectContaining({ code: "output-failed" }));
});
