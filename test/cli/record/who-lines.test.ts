import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { WhoLine } from "../../../src/model/documents/who-line.ts";
import type { Usage } from "../../../src/model/record.ts";
import { portolan } from "../made-up-world.ts";
import { flow, madeUpRecord, minutes, process } from "./made-up-record.ts";

const backdoor = process(4711, "sleeper", { user: "eve\x1b[31m", parents: [{ pid: 1, name: "init" }] });
const browser = process(815, "browser");
const resolver = process(53, "resolver");
const listening: Usage = { application: "sleeper", use: "listen", protocol: "tcp", port: 4444, peer: "0.0.0.0" };
const inbound: Usage = { application: "sleeper", use: "inbound", protocol: "tcp", port: 4444, peer: "198.51.100.7" };
const outbound: Usage = { application: "browser", use: "outbound", protocol: "tcp", port: 443, peer: "203.0.113.5" };
const refused: Usage = { application: "browser", use: "outbound", protocol: "tcp", port: 80, peer: "203.0.113.5" };
const datagrams: Usage = { application: "resolver", use: "outbound", protocol: "udp", port: 53, peer: "203.0.113.53" };
const announced: Usage = { application: "resolver", use: "listen", protocol: "udp", port: 5353, peer: "0.0.0.0" };

/** From 14:00 to 17:00, with a gap from 15:00 to 15:01. */
async function record(): Promise<string> {
  return madeUpRecord(
    { processes: [backdoor, browser, resolver], ...flow(listening, backdoor, minutes(1), { endedAt: minutes(90) }) },
    flow(inbound, backdoor, minutes(5), {
      otherPort: 50003,
      localAddress: "::ffff:192.0.2.1",
      bytesIn: 7,
      bytesOut: 11,
      endedAt: minutes(30),
    }),
    flow(inbound, backdoor, minutes(31), { otherPort: 50003, localAddress: "192.0.2.1" }),
    flow(outbound, browser, minutes(20), { otherPort: 40000, localAddress: "192.0.2.1", name: "www.example.net" }),
    flow(refused, browser, minutes(21), { otherPort: 40001, localAddress: "192.0.2.1", error: "ETIMEDOUT" }),
    flow(datagrams, resolver, minutes(22), { otherPort: 40002, localAddress: "192.0.2.1" }),
    { ...flow(announced, resolver, minutes(1), { endedAt: minutes(90) }), hostAddresses: ["192.0.2.1", "2001:db8::1"] },
    { gaps: [{ from: minutes(60), until: minutes(61), reason: "the recorder was not running" }] },
  );
}

const SYN = "LEN=60 TTL=53 PROTO=TCP SPT=50003 DPT=4444 WINDOW=1 RES=0x00 SYN URGP=0";
const kernel = (time: string, fields: string) => `2026-11-17T${time}Z harbour kernel: [UFW BLOCK] ${fields}`;
const ARRIVES = `IN=eth0 OUT= MAC=52:54:00:12:34:56 SRC=198.51.100.7 DST=192.0.2.1 ${SYN}`;
const from192 = (rest: string) => `IN= OUT=eth0 SRC=192.0.2.1 DST=${rest}`;

async function ask(lines: string, ...options: string[]) {
  const store = await record();
  const { status, stdout, stderr } = await portolan(["who", "--ndjson", "--store", store, ...options], {
    stdin: lines,
  });
  const answers = stdout.split("\n").flatMap((text) => (text === "" ? [] : [JSON.parse(text) as WhoLine]));
  return { status, stderr, lines: answers, first: answers[0]?.answers[0], reason: answers[0]?.reason };
}

function validator(name: string) {
  const ajv = new Ajv2020({ strict: true, formats: { "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/ } });
  return ajv.compile(JSON.parse(readFileSync(new URL(`../../../docs/schema/${name}.json`, import.meta.url), "utf8")));
}

describe("a line is answered by", () => {
  test("the connection that its packet opened, with its process", async () => {
    const { status, lines, first } = await ask(kernel("14:05:00", ARRIVES));
    expect(status).toBe(0);
    expect(lines[0]?.packet).toMatchObject({ label: "UFW BLOCK", way: "in", from: "2026-11-17T14:05:00.000000Z" });
    expect(first).toMatchObject({
      end: "destination",
      known: "flow",
      application: "sleeper",
      direction: "inbound",
      port: 4444,
      peer: "198.51.100.7",
      bytesIn: 7,
      processes: [{ pid: 4711, executable: "/usr/sbin/sleeper", parents: [{ pid: 1, name: "init" }] }],
    });
  });

  test("the one that was open at the time, of two between the same ends", async () => {
    expect((await ask(kernel("14:29:59", ARRIVES))).first?.firstSeen).toBe("2026-11-17T14:05:00.000000Z");
    expect((await ask(kernel("14:31:01", ARRIVES))).first?.firstSeen).toBe("2026-11-17T14:31:00.000000Z");
  });

  test.each([
    ["went out", from192("203.0.113.5 PROTO=TCP SPT=40000 DPT=443 SYN"), "14:20:00", "browser", "source"],
    [
      "came to be answered",
      "IN=eth0 OUT= SRC=203.0.113.5 DST=192.0.2.1 PROTO=TCP SPT=443 DPT=40000 ACK SYN",
      "14:20:01",
      "browser",
      "destination",
    ],
    ["went on", from192("203.0.113.5 PROTO=TCP SPT=40000 DPT=443 ACK PSH"), "14:20:01", "browser", "source"],
    ["was a datagram", from192("203.0.113.53 PROTO=UDP SPT=40002 DPT=53"), "14:22:00", "resolver", "source"],
    [
      "was quoted by an error",
      "IN=eth0 OUT= SRC=203.0.113.53 DST=192.0.2.1 PROTO=ICMP TYPE=3 [SRC=192.0.2.1 DST=203.0.113.53 PROTO=UDP SPT=40002 DPT=53 ]",
      "14:22:00",
      "resolver",
      "source",
    ],
    [
      "was forwarded to it",
      "IN=eth0 OUT=docker0 SRC=198.51.100.7 DST=192.0.2.1 PROTO=TCP SPT=50003 DPT=4444 SYN",
      "14:05:00",
      "sleeper",
      "destination",
    ],
  ])("the application whose packet %s", async (_, fields, time, application, end) => {
    expect((await ask(kernel(time, fields))).first).toMatchObject({ known: "flow", application, end });
  });

  test("the attempt that came to nothing", async () => {
    const line = kernel("14:21:00", from192("203.0.113.5 PROTO=TCP SPT=40001 DPT=80 SYN"));
    expect((await ask(line)).first).toMatchObject({ known: "flow", application: "browser", error: "ETIMEDOUT" });
  });

  test("the use of the same port and peer, where the connection is another", async () => {
    const line = kernel("14:20:00", from192("203.0.113.5 PROTO=TCP SPT=40007 DPT=443 SYN"));
    expect((await ask(line)).first).toMatchObject({ known: "use", application: "browser", names: ["www.example.net"] });
  });

  test("who held the port, where the firewall dropped the packet before", async () => {
    const dropped = ARRIVES.replace("198.51.100.7", "198.51.100.8");
    expect((await ask(kernel("14:10:00", dropped))).first).toMatchObject({ known: "listener", application: "sleeper" });
    const v6 = "IN=eth0 OUT= SRC=2001:db8::7 DST=2001:db8::1 PROTO=TCP SPT=50003 DPT=4444 SYN";
    // What listens at 0.0.0.0 takes no IPv6.
    expect((await ask(kernel("14:10:00", v6))).reason).toBe("not-seen");
    const multicast = "IN=eth0 OUT= SRC=192.0.2.9 DST=224.0.0.251 PROTO=UDP SPT=5353 DPT=5353";
    expect((await ask(kernel("14:10:00", multicast))).first).toMatchObject({ application: "resolver" });
  });

  test("everything at once, where it states no time", async () => {
    const fields = `SRC=198.51.100.7 DST=192.0.2.1 PROTO=TCP SPT=50003 DPT=4444`;
    expect((await ask(fields)).first).toMatchObject({ known: "use", application: "sleeper", direction: "inbound" });
    expect((await ask(fields, "--at", "2026-11-17T14:50Z")).first).toMatchObject({ known: "listener" });
    expect((await ask(fields, "--at", "2026-11-17T16:50Z")).reason).toBe("not-seen");
  });

  test("a row of Windows Firewall", async () => {
    const row = "2026-11-17 14:05:00 DROP TCP 198.51.100.7 192.0.2.1 50003 4444 52 S 3018 0 64240 - - - RECEIVE";
    const { lines, first } = await ask(`#Version: 1.5\r\n#Time Format: GMT\r\n\r\n${row}\r\n`);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.line).toBe(4);
    expect(first).toMatchObject({ known: "flow", application: "sleeper" });
  });
});

describe("a line is not answered", () => {
  test.each([
    ["no-ports", 1, kernel("14:05:00", "IN=eth0 OUT= SRC=198.51.100.7 DST=192.0.2.1 PROTO=ICMP TYPE=8")],
    ["not-this-machine", 1, kernel("14:05:00", ARRIVES.replace("192.0.2.1", "192.0.2.2"))],
    ["not-seen", 1, kernel("14:05:00", ARRIVES.replace("DPT=4444", "DPT=4445"))],
    ["gap", 2, kernel("15:00:30", ARRIVES.replace("DPT=4444", "DPT=4445"))],
    ["gap", 2, kernel("14:59:59", ARRIVES.replace("DPT=4444", "DPT=4445"))],
    ["before-record", 2, kernel("13:00:00", ARRIVES)],
    ["after-record", 2, kernel("18:00:00", ARRIVES)],
    ["no-time", 2, `2026-02-30T14:05:00Z harbour kernel: ${ARRIVES}`],
    ["no-time", 2, `[99999999.123456] ${ARRIVES}`],
  ])("%s", async (expected, exit, line) => {
    const { reason, status, lines } = await ask(line);
    expect([reason, status]).toEqual([expected, exit]);
    expect(lines[0]?.gaps).toHaveLength(expected === "gap" ? 1 : 0);
  });

  test("unless another one is", async () => {
    const text = [
      "Nov 17 14:04:00 harbour kernel: usb 1-1: new device",
      kernel("13:00:00", ARRIVES),
      "",
      kernel("14:05:00", ARRIVES),
      "\u0000\u001b[31m".repeat(9000),
    ].join("\n");
    const { status, lines } = await ask(text);
    expect(status).toBe(0);
    expect(lines.map(({ line, reason }) => [line, reason])).toEqual([
      [1, "no-log-line"],
      [2, "before-record"],
      [4, undefined],
      [5, "no-log-line"],
    ]);
    expect(lines[3]?.text).toHaveLength(1000);
  });
});

describe("a log", () => {
  const log = [
    "Nov 17 14:04:00 harbour systemd: started",
    ...Array.from({ length: 23 }, () => kernel("14:05:00", ARRIVES)),
    ...Array.from({ length: 17 }, () => kernel("13:00:00", ARRIVES)),
    ...Array.from({ length: 13 }, () => kernel("14:05:00", ARRIVES.replace("DPT=4444", "DPT=4445"))),
  ].join("\n");

  test("is one document that its schema accepts", async () => {
    const { stdout, status } = await portolan(["who", "--json", "--store", await record()], { stdin: log });
    const document = JSON.parse(stdout);
    const validate = validator("portolan.who-lines.1");
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(status).toBe(0);
    expect(document.counts).toEqual({ lines: 54, packets: 53, answered: 23, undecided: 17 });
    const line = validator("portolan.who-line.1");
    const { stdout: ndjson } = await portolan(["who", "--ndjson", "--store", await record()], { stdin: log });
    for (const text of ndjson.trimEnd().split("\n")) expect(line(JSON.parse(text)), text).toBe(true);
  });

  test("is a table with a row for each answer", async () => {
    const { stdout } = await portolan(["who", "--csv", "--store", await record()], { stdin: log });
    const rows = stdout.split("\r\n");
    expect(rows).toHaveLength(56);
    expect(rows[1]).toMatch(/^1,,+no-log-line$/);
    expect(rows[2]).toContain(",sleeper,4711,/usr/sbin/sleeper,eve\\x1b[31m,init,");
  });

  test("is for people a block for each packet, and what became of all", async () => {
    const { stdout } = await portolan(["who", "--store", await record()], { stdin: log, columns: 80 });
    expect(stdout).toContain(
      "tcp 198.51.100.7:50003 to 192.0.2.1:4444 (UFW BLOCK)\n      sleeper took the connection\n",
    );
    expect(stdout).toContain("by /usr/sbin/sleeper 4711 as eve\\x1b[31m, started by init 1\n");
    expect(stdout.slice(stdout.lastIndexOf("\n\n")).replaceAll("\n", " ").trim()).toBe(
      "23 answers for 53 packets, 13 packets of nobody, 17 packets undecided. 1 other line is none of a firewall: line 1.",
    );
    expect(stdout).not.toContain("\x1b[31m");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("may be one line, pasted as words", async () => {
    const store = ["--store", await record()];
    const { stdout, status } = await portolan(["who", ...kernel("14:05:00", ARRIVES).split(" "), ...store]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^.* tcp 198\.51\.100\.7:50003 to 192\.0\.2\.1:4444 \(UFW BLOCK\)\n {6}sleeper took/);
  });

  test("that is none says so", async () => {
    const store = ["--store", await record()];
    const none = await portolan(["who", "--json", ...store], { stdin: "hello\nworld\n" });
    expect([none.status, JSON.parse(none.stdout).lines.length]).toEqual([65, 2]);
    expect(none.stderr).toMatch(/none of 2 lines is one of a firewall's log/);
    expect((await portolan(["who", ...store], { stdin: "\n" })).status).toBe(64);
    expect((await portolan(["who", ...store])).status).toBe(64);
    const partial = await portolan(["who", "SRC=198.51.100.7", "DPT=4444", ...store]);
    expect([partial.status, partial.stdout]).toEqual([65, ""]);
    expect((await portolan(["who", ":4444", "--csv", ...store])).status).toBe(64);
  });
});
