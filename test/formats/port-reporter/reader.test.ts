import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PortReporterItem, PortReporterReader } from "../../../src/formats/port-reporter/reader.ts";
import { SAMPLE } from "./sample.ts";

function read(text: string): { items: PortReporterItem[]; heading: PortReporterReader["heading"] } {
  const reader = new PortReporterReader();
  const items = text.split(/\r?\n/).flatMap((line) => reader.read(line));
  return { items: [...items, ...reader.end()], heading: reader.heading };
}

const uses = (text: string) => read(text).items.map((item) => (item.kind === "use" ? item.use : item));
const HEAD = SAMPLE.split("\n").slice(0, 7).join("\n");

describe("PR-PORTS", () => {
  test("is read as the one sample has it", () => {
    const { items, heading } = read(SAMPLE);
    expect(heading).toMatchObject({
      kind: "PORTS",
      version: "1.01",
      partner: "PR-PIDS-05-07-6-13-44-4.log",
      began: { year: 2005, month: 7, day: 6, hour: 13, minute: 44, second: 4 },
    });
    const system = { pid: 1096, module: "svchost.exe", user: "NT AUTHORITY\\SYSTEM" };
    const at = { year: 2005, month: 7, day: 6, hour: 13, minute: 52 };
    expect(items.map((item) => (item.kind === "use" ? item.use : item))).toEqual([
      { at: { ...at, second: 1 }, protocol: "tcp", localPort: 3389, localAddress: "0.0.0.0", ...system },
      {
        at: { ...at, second: 2 },
        ...{ protocol: "tcp", localPort: 3389, localAddress: "172.16.16.150" },
        ...{ remotePort: 1486, remoteAddress: "172.16.16.100", ...system },
      },
      {
        at: { ...at, second: 4 },
        ...{ protocol: "udp", localPort: 1088, localAddress: "0.0.0.0" },
        ...{ pid: 1540, module: "rdpclip.exe", user: "TEST\\Administrator" },
      },
    ]);
  });

  test.each([
    ["zeros in front", "2005/07/06,03:05:01,tcp,00080,0.0.0.0,00000,0.0.0.0,0004,System,<SYSTEM>"],
    ["blanks", "05/7/6, 3:5:1 , TCP , 80 ,0.0.0.0, ,0.0.0.0, 4, System, <SYSTEM>"],
    ["no brackets, other signs for none", "05/7/6,3:5:1,TCP,80,0.0.0.0,-,*,4,System,SYSTEM"],
    ["a remote port from memory", "05/7/6,3:5:1,TCP,80,0.0.0.0,18510,0.0.0.0,4,System,<SYSTEM>"],
  ])("may be written with %s", (_, line) => {
    expect(uses(`${HEAD}\n${line}`)).toEqual([
      {
        at: { year: 2005, month: 7, day: 6, hour: 3, minute: 5, second: 1 },
        ...{ protocol: "tcp", localPort: 80, localAddress: "0.0.0.0", pid: 4, module: "System", user: "SYSTEM" },
      },
    ]);
  });

  test("may hold commas in the program's and the user's names", () => {
    const line = "05/7/6,3:5:1,TCP,80,::1,1025,::ffff:10.0.0.7,4,a,b.exe,<DOMAIN\\last, first>";
    expect(uses(line)).toMatchObject([
      { localAddress: "::1", remoteAddress: "10.0.0.7", module: "a,b.exe", user: "DOMAIN\\last, first" },
    ]);
  });

  test("has the columns that its heading names: without processes on Windows 2000", () => {
    const columns = "date,time,protocol,local port,local IP address,remote port,remote IP address";
    const text = `Log format:\n${columns}\n\n05/7/6,3:5:1,TCP,80,10.0.0.1,1025,10.0.0.7\n`;
    expect(uses(text)).toEqual([expect.objectContaining({ localPort: 80, remoteAddress: "10.0.0.7" })]);
    expect(uses(text)[0]).not.toHaveProperty("pid");
  });

  test("is read without a heading, and skips remarks and headings in between", () => {
    const [first = "", second = ""] = SAMPLE.split("\n").slice(7);
    expect(uses(`; copied by hand\n${first}\n# remark\n${SAMPLE}\n${second}`)).toHaveLength(5);
  });

  test.each([
    ["05/7/6,13:52:1,TCP,3389,0.0.0.0,,0.0.0.0,1096,svchost.exe", "9 columns instead of 10"],
    ["05/7/6,13:52:1,TCP,3389,0.0.0.0,,0.0.0.0,1096,a,b,c", "11 columns instead of 10"],
    ["05/2/30,13:52:1,TCP,3389,0.0.0.0,,0.0.0.0,1096,a,<b>", '"05/2/30,13:52:1" is no time'],
    ["05/7/6,24:52:1,TCP,3389,0.0.0.0,,0.0.0.0,1096,a,<b>", '"05/7/6,24:52:1" is no time'],
    ["05/7/6,13:52:1,SCTP,3389,0.0.0.0,,0.0.0.0,1096,a,<b>", '"SCTP" is neither TCP nor UDP'],
    ["05/7/6,13:52:1,TCP,65536,0.0.0.0,,0.0.0.0,1096,a,<b>", '"65536" is no port'],
    ["05/7/6,13:52:1,TCP,80,server,,0.0.0.0,1096,a,<b>", '"server" is no address'],
    ["05/7/6,13:52:1,TCP,80,0.0.0.0,x,0.0.0.0,1096,a,<b>", '"x" is no port'],
    ["05/7/6,13:52:1,TCP,80,0.0.0.0,,client,1096,a,<b>", '"client" is no address'],
    ["05/7/6,13:52:1,TCP,80,0.0.0.0,,0.0.0.0,x,a,<b>", '"x" is no process'],
    ["half a li", "1 columns instead of 10"],
  ])("%s cannot be read", (line, why) => {
    expect(uses(`${HEAD}\n${line}`)).toEqual([{ kind: "unreadable", why }]);
  });
});

describe("PR-INITIAL and PR-PIDS", () => {
  const BLOCK = `Port Reporter Version 1.01 Log File

Service initialization log

System Date: Wed Jul 06 13:44:04 2005


Local computer name:

 TEST

Operating System: Windows XP

PID:Process Port Local IP State Remote IP:Port
4:System  TCP 445 0.0.0.0 LISTENING 0.0.0.0:2160
0:System Idle TCP 1025 10.0.0.1 TIME WAIT 10.0.0.7:80
800\t\tUDP 1026 127.0.0.1 :
484 TCP 1064 ::1 ESTABLISHED [2001:db8::1]:443

======================================================
Process ID: 484 (lsass.exe)

User context: <NT AUTHORITY\\SYSTEM>

Service Name: Netlogon
Display Name: Net Logon
Service Type: shares a process with other services
Service Name: SamSs

PID Port Local IP State Remote IP:Port
TCP 80 0.0.0.0 LISTENING 0.0.0.0:18510

Port Statistics

TCP mappings: 1

Loaded modules:
C:\\WINDOWS\\system32\\lsass.exe (0x01000000)
C:\\WINDOWS\\system32\\ntdll.dll (0x7C900000)

======================================================
System Date: Wed Jul  6 13:52:01 2005
Process ID: 800 (svchost.exe)
Could not access module information for this process
`;

  test("tell of what is open, and of processes", () => {
    const { items, heading } = read(BLOCK);
    expect(heading).toMatchObject({ kind: "INITIAL", computer: "TEST", system: "Windows XP", version: "1.01" });
    expect(
      items.filter(({ kind }) => kind === "mapping").map((item) => item.kind === "mapping" && item.mapping),
    ).toEqual([
      { pid: 4, name: "System", protocol: "tcp", localPort: 445, localAddress: "0.0.0.0", state: "LISTENING" },
      {
        ...{
          pid: 0,
          name: "System Idle",
          protocol: "tcp",
          localPort: 1025,
          localAddress: "10.0.0.1",
          state: "TIME WAIT",
        },
        ...{ remoteAddress: "10.0.0.7", remotePort: 80 },
      },
      { pid: 800, protocol: "udp", localPort: 1026, localAddress: "127.0.0.1" },
      {
        ...{ pid: 484, protocol: "tcp", localPort: 1064, localAddress: "::1", state: "ESTABLISHED" },
        ...{ remoteAddress: "2001:db8::1", remotePort: 443 },
      },
      { protocol: "tcp", localPort: 80, localAddress: "0.0.0.0", state: "LISTENING" },
    ]);
    const began = { year: 2005, month: 7, day: 6, hour: 13, minute: 44, second: 4 };
    expect(items.filter(({ kind }) => kind === "process")).toEqual([
      {
        kind: "process",
        at: began,
        process: {
          ...{ pid: 484, name: "lsass.exe", user: "NT AUTHORITY\\SYSTEM", services: ["Netlogon", "SamSs"] },
          modules: ["C:\\WINDOWS\\system32\\lsass.exe", "C:\\WINDOWS\\system32\\ntdll.dll"],
        },
      },
      {
        kind: "process",
        at: { ...began, minute: 52, second: 1 },
        process: { pid: 800, name: "svchost.exe", services: [], modules: [] },
      },
    ]);
  });
});

test("may be any text at all", () => {
  const word = fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.constantFrom(
      ..."05/7/6,13:52:1,|TCP|1096|,<|>|,|Process ID: 4 (x)|Loaded modules:|0.0.0.0|:| ".split("|"),
      "\n",
    ),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => {
      for (const item of read(words.join("")).items) expect(item.kind).toMatch(/^(use|mapping|process|unreadable)$/);
    }),
    { numRuns: 300 },
  );
});
