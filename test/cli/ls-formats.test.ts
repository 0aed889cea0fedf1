import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { createSocketText } from "../../src/cli/ls/socket-text.ts";
import { processDocument, socketDocument } from "../../src/model/snapshot-document.ts";
import { process, snapshot, socket } from "../model/world.ts";
import { inWorld, portolan } from "./made-up-world.ts";

const owner = process({
  pid: 12,
  name: 'say "hi", \\o/',
  arguments: ["web", "=1+1", "a\nb"],
  parents: [{ pid: 1, name: "systemd" }],
});
const sockets = [
  socket({ application: "=cmd|'/c calc'!A1", processes: [owner, process({ pid: 13, name: "-x" })] }),
  socket({
    state: "ESTABLISHED",
    local: { address: 'fe80::1%we"ird', port: 40_000 },
    remote: { address: "fe80::2%eth0", port: 53 },
    processes: [owner],
  }),
  socket({ local: { address: "::", port: 1 }, evidence: { source: "ambiguous", candidates: [12, 13] } }),
];
const gaps = [{ from: 1_763_859_600_000_000, until: 1_763_859_600_000_001, reason: "ring full", lost: 23 }];
const world = () => inWorld({ snapshots: [snapshot(sockets, { gaps })] });

function validator(name: string) {
  const ajv = new Ajv2020({ strict: true, formats: { "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/ } });
  return ajv.compile(JSON.parse(readFileSync(new URL(`../../docs/schema/${name}.json`, import.meta.url), "utf8")));
}

describe("--json", () => {
  test("prints one document that its schema accepts", async () => {
    const { stdout, status } = await portolan(["ls", "--json", ...world()]);
    const document = JSON.parse(stdout);
    const validate = validator("portolan.snapshot.1");
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(status).toBe(0);
    expect(stdout.startsWith('{"schema":"portolan.snapshot/1","host":')).toBe(true);
    expect(document.gaps).toEqual([
      { from: "2025-11-23T01:00:00.000000Z", until: "2025-11-23T01:00:00.000001Z", reason: "ring full", lost: 23 },
    ]);
    expect(document.sockets).toHaveLength(3);
    const [listener] = document.sockets.filter((each: { application?: string }) => each.application);
    expect(listener.processes[0]).toEqual({ ...processDocument(owner), startTime: "2025-11-23T01:00:00.120012Z" });
    expect(listener).not.toHaveProperty("remote");
  });

  test("leaves out what is not known", async () => {
    const bare = { pid: 5, startedAt: 1_763_859_600_000_000, name: "x" };
    const bareWorld = inWorld({ snapshots: [snapshot([socket({ processes: [bare] })])] });
    const { stdout } = await portolan(["ls", "--json", ...bareWorld]);
    const document = JSON.parse(stdout);
    expect(document).not.toHaveProperty("degradations");
    expect(Object.keys(document.sockets[0].processes[0])).toEqual(["pid", "startTime", "name"]);
    expect(document.sockets[0]).not.toHaveProperty("application");
  });

  test("is an empty list where nothing is found", async () => {
    const { stdout } = await portolan(["ls", "--json", ...inWorld({ snapshots: [snapshot([])] })]);
    expect(JSON.parse(stdout).sockets).toEqual([]);
  });
});

test("the text of a socket means what its document means", () => {
  const text = createSocketText();
  for (const each of [...sockets, ...sockets]) {
    expect(JSON.parse(text(each))).toEqual(JSON.parse(JSON.stringify(socketDocument(each))));
  }
});

describe("--ndjson", () => {
  test("prints one socket a line, each complete in itself", async () => {
    const { stdout } = await portolan(["ls", "--ndjson", ...world()]);
    const lines = stdout.trimEnd().split("\n");
    const validate = validator("portolan.socket.1");
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(validate(JSON.parse(line)), JSON.stringify(validate.errors)).toBe(true);
    expect(Object.keys(JSON.parse(lines[0] ?? "")).slice(0, 4)).toEqual(["schema", "host", "takenAt", "protocol"]);
  });
});

describe("--csv", () => {
  test("is a table after RFC 4180 that no spreadsheet runs", async () => {
    const { stdout } = await portolan(["ls", "--csv", ...world()]);
    expect(stdout.split("\r\n")).toMatchInlineSnapshot(`
      [
        "protocol,state,local_address,local_port,remote_address,remote_port,network_namespace,application,pids,names,executables,users,units,evidence",
        "tcp,LISTEN,::,1,,,4026531840,,,,,,,ambiguous",
        "tcp,LISTEN,127.0.0.1,80,,,4026531840,'=cmd|'/c calc'!A1,12;13,"say ""hi"", \\o/;-x",/usr/sbin/server;/usr/sbin/server,root;root,,holder",
        "tcp,ESTABLISHED,"fe80::1%we""ird",40000,fe80::2%eth0,53,4026531840,,12,"say ""hi"", \\o/",/usr/sbin/server,root,,holder",
        "",
      ]
    `);
  });
});

test("two formats exclude each other", async () => {
  const { status, stderr, stdout } = await portolan(["ls", "--json", "--csv"]);
  expect(status).toBe(64);
  expect(stdout).toBe("");
  expect(stderr).toContain("--json and --csv exclude each other");
});
