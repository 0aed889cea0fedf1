import { appendFileSync, chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { ImportDocument } from "../../../src/model/documents/import.ts";
import type { WhoDocument } from "../../../src/model/documents/who.ts";
import { SAMPLE } from "../../formats/port-reporter/sample.ts";
import { portolan } from "../made-up-world.ts";

const before = process.env.TZ;
beforeEach(() => {
  process.env.TZ = "Europe/Berlin";
});
afterEach(() => {
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});

const STAMP = "05-07-6-13-44-4";

const heading = (title: string, computer: string) => `Port Reporter Version 1.01 Log File

${title}

System Date: Wed Jul 06 13:44:04 2005


Local computer name:

 ${computer}

Operating System: Windows XP

`;

const INITIAL = (computer = "TEST") => `${heading("Service initialization log", computer)}
PID:Process Port Local IP State Remote IP:Port
4:System TCP 445 0.0.0.0 LISTENING 0.0.0.0:2160
484:lsass.exe TCP 4123 172.16.16.150 ESTABLISHED 172.16.16.9:389
4:System UDP 137 172.16.16.150 :

======================================================
Process ID: 484 (lsass.exe)

PID Port Local IP State Remote IP:Port
484 TCP 4123 172.16.16.150 ESTABLISHED 172.16.16.9:389

Loaded modules:
C:\\WINDOWS\\system32\\lsass.exe (0x01000000)
`;

const PIDS = (computer = "TEST") => `${heading("Process detail log", computer)}
======================================================
Process ID: 1096 (svchost.exe)

Service Name: TermService

Loaded modules:
C:\\WINDOWS\\system32\\svchost.exe (0x01000000)
C:\\WINDOWS\\system32\\termsrv.dll (0x76F00000)
`;

function folder(files: Record<string, string | Uint8Array>): { path: string; of: (name: string) => string } {
  const path = mkdtempSync(join(tmpdir(), "portolan-import-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return { path, of: (name) => join(path, name) };
}

const ALL = {
  [`PR-PORTS-${STAMP}.log`]: SAMPLE,
  [`PR-INITIAL-${STAMP}.log`]: INITIAL(),
  [`PR-PIDS-${STAMP}.log`]: PIDS(),
};

async function load(...argv: string[]): Promise<{ status: number; document: ImportDocument; stderr: string }> {
  const { status, stdout, stderr } = await portolan(["import", ...argv, "--json"]);
  return { status, stderr, document: stdout === "" ? ({} as ImportDocument) : JSON.parse(stdout) };
}

async function who(store: string, ...words: string[]): Promise<WhoDocument> {
  return JSON.parse((await portolan(["who", ...words, "--json", "--store", store])).stdout);
}

const counts = ({ files }: ImportDocument) =>
  files.map(({ kind, uses, imported, known }) => [kind, uses, imported, known]);

describe("import", () => {
  test("puts logs into a record of their own, which answers as one that was recorded", async () => {
    const logs = folder(ALL);
    const { status, document } = await load(...Object.keys(ALL).map(logs.of));
    const validate = new Ajv2020({ strict: true, formats: { "date-time": true } }).compile(
      JSON.parse(readFileSync(new URL("../../../docs/schema/portolan.import.1.json", import.meta.url), "utf8")),
    );
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect([status, document.record]).toEqual([0, logs.of("port-reporter.db")]);
    expect(counts(document)).toEqual([
      ["PR-INITIAL", 3, 3, 0],
      ["PR-PORTS", 3, 3, 0],
      ["PR-PIDS", 0, 0, 0],
    ]);
    expect(document.files[1]).toMatchObject({
      ...{ computer: "TEST", began: "2005-07-06T11:44:04.000000Z", unreadable: 0, processes: 2 },
      ...{ from: "2005-07-06T11:52:01.000000Z", until: "2005-07-06T11:52:04.000000Z" },
    });
    const { answers, gaps } = await who(document.record, ":3389");
    expect(answers).toMatchObject([
      { application: "svchost.exe", direction: "inbound", peer: "172.16.16.100", flows: 1 },
      { application: "svchost.exe", direction: "inbound", listening: true, addresses: ["0.0.0.0"] },
    ]);
    expect(answers[0]?.processes).toMatchObject([
      {
        ...{ pid: 1096, user: "NT AUTHORITY\\SYSTEM", unit: "TermService" },
        executable: "C:\\WINDOWS\\system32\\svchost.exe",
        modules: ["C:\\WINDOWS\\system32\\svchost.exe", "C:\\WINDOWS\\system32\\termsrv.dll"],
      },
    ]);
    expect(gaps.some(({ reason }) => reason.startsWith("Port Reporter logs when a port comes into use"))).toBe(true);
    const outbound = await who(document.record, "172.16.16.9:389");
    expect(outbound.answers).toMatchObject([{ application: "lsass.exe", direction: "outbound", port: 389, flows: 0 }]);
    // Nobody was seen then; what was open already is not stated.
    expect((await portolan(["who", ":80", "--store", document.record])).status).toBe(2);
  });

  test("gives a record nothing twice, and what a log has become longer by", async () => {
    const logs = folder(ALL);
    const ports = logs.of(`PR-PORTS-${STAMP}.log`);
    await load(ports);
    expect(counts((await load(ports)).document)).toEqual([["PR-PORTS", 3, 0, 3]]);
    appendFileSync(ports, "05/7/6,13:52:4,TCP,3389,172.16.16.150,1487,172.16.16.100,1096,svchost.exe,<X>\n");
    appendFileSync(ports, "05/7/6,13:53:0,TCP,3389,172.16.16.150,1488,172.16.16.100,1096,svchost.exe,<X>\n");
    const store = logs.of("port-reporter.db");
    expect(counts((await load(ports, logs.of(`PR-INITIAL-${STAMP}.log`), ports)).document)).toEqual([
      ["PR-INITIAL", 3, 3, 0],
      ["PR-PORTS", 5, 2, 3],
      ["PR-PORTS", 5, 0, 5],
    ]);
    const { answers } = await who(store, ":3389");
    expect(answers.find(({ peer }) => peer !== undefined)?.flows).toBe(3);
    expect((await portolan(["import", ports])).stdout).toContain("all of them were in the record already");
  });

  test("may come to older logs later", async () => {
    const logs = folder({
      "PR-PORTS-05-07-6-13-44-4.log": SAMPLE,
      "PR-PORTS-05-06-6-13-44-4.log": SAMPLE.replaceAll("05-07-6", "05-06-6").replaceAll("05/7/6", "05/6/6"),
    });
    const store = logs.of("port-reporter.db");
    await load(logs.of("PR-PORTS-05-07-6-13-44-4.log"));
    await load(logs.of("PR-PORTS-05-06-6-13-44-4.log"));
    const { record, answers } = await who(store, ":3389");
    expect([record.from, record.until]).toEqual([
      "2005-06-06T11:44:04.000000Z",
      "2005-07-06T11:52:04.000002Z".replace("2Z", "0Z"),
    ]);
    expect(answers.find(({ peer }) => peer !== undefined)).toMatchObject({
      ...{ flows: 2, firstSeen: "2005-06-06T11:52:02.000000Z", lastSeen: "2005-07-06T11:52:02.000000Z" },
    });
  });

  test("tells which of many connections came in by who listens, and by ports of services", async () => {
    const row = (local: string, remote: string) => `05/7/6,13:53:0,TCP,${local},${remote},7,a.exe,<u>`;
    const rows = [
      row("8080,0.0.0.0", ",0.0.0.0"),
      row("8080,10.0.0.1", "1025,10.0.0.2"),
      row("80,10.0.0.1", "1026,10.0.0.2"),
      row("1027,10.0.0.1", "80,10.0.0.2"),
      row("1028,10.0.0.1", "8443,10.0.0.2"),
    ];
    const logs = folder({ "x.log": rows.join("\n") });
    const { document } = await load(logs.of("x.log"));
    const { answers } = await who(document.record, "10.0.0.2");
    expect(answers.map(({ direction, port }) => `${direction} ${port}`).sort()).toEqual([
      "inbound 80",
      "inbound 8080",
      "outbound 80",
      "outbound 8443",
    ]);
  });

  test("counts what it cannot read, and says so", async () => {
    const lines = [
      SAMPLE,
      "05/7/6,13:52:5,TCP,3389",
      `05/7/6,${"x".repeat(20_000)}`,
      "05/7/6,13:52:6,UDP,53,::,*,*,7,a,<u>",
      "",
    ];
    const logs = folder({ "a.log": lines.join("\n") });
    const { document } = await load(logs.of("a.log"));
    expect(document.files).toMatchObject([
      { uses: 4, unreadable: 2, firstUnreadable: { line: 12, why: "4 columns instead of 10" } },
    ]);
    const { gaps } = await who(document.record, ":53");
    expect(gaps).toContainEqual(expect.objectContaining({ reason: "lines of the log could not be read", lost: 2 }));
    const { stdout } = await portolan(["import", logs.of("a.log"), "--store", logs.of("b.db")], { columns: 80 });
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "2 lines could not be read (the first is line 12: 4 columns instead of 10)",
    );
  });

  test.each([
    ["UTF-16", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le"), "Jörg"],
    ["UTF-8", (text: string) => Buffer.from(text), "Jörg"],
    ["Windows-1252", (text: string) => Buffer.from(text, "latin1"), "Jörg"],
    ["Shift JIS", (text: string) => Buffer.from(text.replace("Jörg", "\x83\x5c"), "latin1"), "ƒ\\"],
  ])("reads names in %s", async (_, encode, user) => {
    const logs = folder({
      "a.log": encode(SAMPLE.replace("TEST\\Administrator", "TEST\\Jörg").replaceAll("\n", "\r\n")),
    });
    const { document } = await load(logs.of("a.log"));
    const { answers } = await who(document.record, ":1088");
    expect(answers[0]?.processes[0]?.user).toBe(`TEST\\${user}`);
  });

  test("notes that the clock was set back, and loses nothing", async () => {
    const at = (time: string, port: number) => `05/7/6,${time},TCP,${port},0.0.0.0,,0.0.0.0,7,a.exe,<u>`;
    const rows = [at("13:0:0", 1), at("13:0:9", 2), at("13:0:8", 3), at("12:0:0", 4), at("12:0:1", 5)];
    const logs = folder({ "a.log": `${rows.join("\n")}\n` });
    const { document } = await load(logs.of("a.log"));
    expect(counts(document)).toEqual([["PR-PORTS", 5, 5, 0]]);
    appendFileSync(logs.of("a.log"), at("12:0:2", 6));
    expect(counts((await load(logs.of("a.log"))).document)).toEqual([["PR-PORTS", 6, 1, 5]]);
    const { answers } = await who(document.record, "0.0.0.0/0");
    const seen = (port: number) => answers.find((each) => each.port === port)?.firstSeen;
    expect([seen(3), seen(4), seen(6)]).toEqual([
      "2005-07-06T11:00:09.000001Z",
      "2005-07-06T10:00:00.000000Z",
      "2005-07-06T10:00:02.000000Z",
    ]);
  });

  test("takes many uses in bounded steps", async () => {
    // 5,000 a day, 250 an hour.
    const row = (index: number) => {
      const time = `05/7/${7 + Math.floor(index / 5000)},${Math.floor((index % 5000) / 250)}:0:0`;
      return `${time},TCP,3389,10.0.0.1,${1024 + index},10.0.${index % 7}.${index % 251},1096,svchost.exe,<u>`;
    };
    const listener = SAMPLE.split("\n").slice(0, 8);
    const text = [...listener, ...Array.from({ length: 10_007 }, (_, index) => row(index))].join("\n");
    const logs = folder({ "a.log": text });
    const { document } = await load(logs.of("a.log"));
    expect(counts(document)).toEqual([["PR-PORTS", 10_008, 10_008, 0]]);
    const { answers } = await who(document.record, ":3389");
    expect(answers.reduce((sum, { flows }) => sum + flows, 0)).toBe(10_007);
  });
});

describe("import refuses", () => {
  test("what is no log of Port Reporter, before it writes anything", async () => {
    const logs = folder({
      ...ALL,
      "PR-PORTS-05-07-6-13-44-5.log": "hello\n",
      "empty.log": "",
      "mapping.log": "4 TCP 80 0.0.0.0 LISTENING :0",
    });
    for (const other of ["PR-PORTS-05-07-6-13-44-5.log", "empty.log", "mapping.log", "missing.log"]) {
      const { status, stderr } = await load(logs.of(`PR-PORTS-${STAMP}.log`), logs.of(other));
      expect([status, stderr]).toEqual([65, expect.stringMatching(/is no log of Port Reporter|cannot be read/)]);
    }
    expect((await load(logs.path)).status).toBe(65);
    expect(existsSync(logs.of("port-reporter.db"))).toBe(false);
    expect((await load()).status).toBe(64);
  });

  test("to mix two computers, or to write into what is no record", async () => {
    const other = {
      "PR-PORTS-05-07-7-1-1-1.log": SAMPLE.replace("05-07-6-13-44-4", "05-07-7-1-1-1"),
      "PR-PIDS-05-07-7-1-1-1.log": PIDS("OTHER"),
    };
    const logs = folder({ ...ALL, ...other });
    await load(logs.of(`PR-PORTS-${STAMP}.log`));
    const { status, stderr } = await load(logs.of("PR-PORTS-05-07-7-1-1-1.log"));
    expect([status, stderr]).toEqual([64, expect.stringContaining("is of the computer OTHER, and the record of TEST")]);
    const foreign = await load(logs.of(`PR-PORTS-${STAMP}.log`), "--store", logs.of(`PR-PIDS-${STAMP}.log`));
    expect([foreign.status, foreign.stderr]).toEqual([65, expect.stringContaining("is no record of Portolan")]);
    expect(readFileSync(logs.of(`PR-PIDS-${STAMP}.log`), "utf8")).toBe(PIDS());
    chmodSync(logs.of(`PR-PIDS-${STAMP}.log`), 0o600);
  });
});
