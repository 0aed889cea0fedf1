import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CivilTime } from "../../../src/formats/port-reporter/civil-time.ts";
import { readLogFileName } from "../../../src/formats/port-reporter/log-file.ts";
import { PortReporterLog } from "../../../src/formats/port-reporter/log-writer.ts";
import { portUseText, readPortUse } from "../../../src/formats/port-reporter/port-use.ts";
import { PortReporterReader } from "../../../src/formats/port-reporter/reader.ts";
import type { FlowRecord, RecordBatch, RecordedProcess } from "../../../src/model/record.ts";
import { SAMPLE } from "./sample.ts";

const START = Date.UTC(2005, 6, 6, 13, 44, 4) * 1000;
const second = (count: number) => START + count * 1_000_000;

function civil(at: number): CivilTime {
  const date = new Date(at / 1000);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return { year, month, day, hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds() };
}

const server: RecordedProcess = {
  ...{ pid: 1096, startedAt: START - 1e6, name: "svchost", application: "svchost", user: "root" },
  ...{
    executable: "/usr/sbin/svchost.exe",
    modules: ["/usr/sbin/svchost.exe", "/lib/libc.so.6"],
    unit: "term.service",
  },
};
const hostile: RecordedProcess = {
  ...{ pid: 7, startedAt: START, application: "x", user: "e>v,e" },
  name: "a,b\r\nc\x1b[31m",
};

function listen(
  about: Partial<FlowRecord> & { port?: number; protocol?: "tcp" | "udp"; peer?: string } = {},
): FlowRecord {
  const { port = 3389, protocol = "tcp", peer = "0.0.0.0", ...more } = about;
  return {
    flow: `listen ${protocol} ${port}`,
    usage: { application: "svchost", use: "listen", protocol, port, peer },
    startedAt: second(1),
    process: server,
    evidence: "context",
    ...more,
  };
}

function connection(number: number, more: Partial<FlowRecord> = {}): FlowRecord {
  return {
    flow: `flow ${number}`,
    usage: { application: "svchost", use: "inbound", protocol: "tcp", port: 3389, peer: "172.16.16.100" },
    startedAt: second(2) + number,
    localAddress: "172.16.16.150",
    otherPort: 1486,
    process: server,
    evidence: "accept",
    ...more,
  };
}

/** Files as they are after these batches, one each second. */
function written(batches: Omit<RecordBatch, "until">[], limit = 5_000_000): Map<string, string> {
  const log = new PortReporterLog({ computer: "TEST", system: "Windows XP", limit, civil }, START);
  const files = new Map<string, string>();
  for (const [index, batch] of batches.entries()) {
    for (const { file, text } of log.add({ until: second(index), ...batch }, second(index))) {
      files.set(file, (files.get(file) ?? "") + text);
    }
  }
  return files;
}

function itemsOf(text = "") {
  const reader = new PortReporterReader();
  const items = text.split("\r\n").flatMap((line) => reader.read(line));
  return { items: [...items, ...reader.end()], heading: reader.heading };
}

describe("what is written", () => {
  test("is PR-PORTS exactly as the sample has it", () => {
    const clip: RecordedProcess = { ...server, pid: 1540, executable: "/bin/rdpclip.exe", user: "TEST\\Administrator" };
    const system = { ...server, user: "NT AUTHORITY\\SYSTEM" };
    const udp = listen({ port: 1088, protocol: "udp", process: clip, startedAt: second(480) });
    const files = written([
      {},
      {
        processes: [system, clip],
        flows: [udp, connection(1, { startedAt: second(478) }), listen({ startedAt: second(477) })],
      },
    ]);
    expect([...files.keys()]).toEqual([
      "PR-INITIAL-05-07-6-13-44-4.log",
      "PR-PIDS-05-07-6-13-44-4.log",
      "PR-PORTS-05-07-6-13-44-4.log",
    ]);
    expect(files.get("PR-PORTS-05-07-6-13-44-4.log")).toBe(SAMPLE.replaceAll("\n", "\r\n"));
  });

  test("is told once, however often the record writes it again, and what never came to be is left out", () => {
    const failed = connection(3, { error: "ECONNREFUSED", endedAt: second(3) });
    const again = Array.from({ length: 5 }, () => ({ flows: [listen(), connection(1)] }));
    const files = written([
      { processes: [server] },
      ...again,
      { flows: [listen({ endedAt: second(9) }), connection(2, { endedAt: second(9) }), failed] },
      { flows: [listen({ startedAt: second(10) })] },
    ]);
    const { items } = itemsOf(files.get("PR-PORTS-05-07-6-13-44-4.log"));
    expect(items).toHaveLength(4);
  });

  test("tells in PR-INITIAL what was open, and nowhere else", () => {
    const found = [
      listen({ found: true }),
      connection(1, { found: true }),
      listen({ found: true, port: 1088, protocol: "udp" }),
    ];
    const files = written([{ processes: [server], flows: [...found, connection(2)] }, { flows: found }]);
    const { items, heading } = itemsOf(files.get("PR-INITIAL-05-07-6-13-44-4.log"));
    expect(heading).toMatchObject({ kind: "INITIAL", computer: "TEST", system: "Windows XP" });
    expect(items.filter(({ kind }) => kind === "mapping")).toHaveLength(6);
    expect(items.find(({ kind }) => kind === "process")).toMatchObject({
      process: { pid: 1096, name: "svchost.exe", user: "root", services: ["term.service"], modules: server.modules },
    });
    expect(itemsOf(files.get("PR-PORTS-05-07-6-13-44-4.log")).items).toHaveLength(1);
  });

  test("tells of each process in PR-PIDS, at length the first time", () => {
    const files = written([{}, { processes: [server], flows: [listen()] }, { flows: [connection(1)] }]);
    const { items } = itemsOf(files.get("PR-PIDS-05-07-6-13-44-4.log"));
    expect(items.filter(({ kind }) => kind === "process")).toMatchObject([
      { at: { second: 5 }, process: { pid: 1096, services: ["term.service"], modules: server.modules } },
      { at: { second: 6 }, process: { pid: 1096, services: [], modules: [] } },
    ]);
  });

  test("begins anew where a file is too large, and the partners name each other", () => {
    const batches = Array.from({ length: 23 }, (_, second) => ({
      flows: Array.from({ length: 7 }, (_, index) => connection(second * 7 + index, { endedAt: START })),
    }));
    const files = written([{ processes: [server] }, ...batches], 2000);
    const ports = [...files].filter(([name]) => name.startsWith("PR-PORTS"));
    expect(ports.length).toBeGreaterThan(3);
    expect([...files.keys()].filter((name) => name.startsWith("PR-INITIAL"))).toHaveLength(1);
    expect(ports.reduce((sum, [, text]) => sum + itemsOf(text).items.length, 0)).toBe(161);
    for (const [name, text] of ports) {
      const { partner, began } = itemsOf(text).heading;
      expect(partner).toBe(name.replace("PORTS", "PIDS"));
      expect(began).toEqual(readLogFileName(name)?.began);
      expect(itemsOf(files.get(partner ?? "")).items).toContainEqual(
        expect.objectContaining({ process: expect.objectContaining({ modules: server.modules }) }),
      );
    }
  });

  test("is harmless, whatever a process calls itself", () => {
    const files = written([
      {},
      {
        processes: [hostile],
        flows: [listen({ process: hostile }), connection(1, { process: { pid: 9, startedAt: 1 } })],
      },
    ]);
    const text = files.get("PR-PORTS-05-07-6-13-44-4.log") ?? "";
    expect(text).not.toContain("\x1b");
    expect(itemsOf(text).items).toMatchObject([{ use: { module: "a?b??c?[31m", user: "e?v?e" } }, { use: { pid: 9 } }]);
  });
});

test("a line that was written is read as what it was", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "\\", " ", "é", "."), minLength: 1, maxLength: 8 });
  const name = word.filter((text) => text.trim() === text && text !== "");
  const ends = fc.constantFrom(
    { localAddress: "0.0.0.0" },
    { localAddress: "::" },
    { localAddress: "10.0.0.1", remoteAddress: "10.0.0.7", remotePort: 443 },
    { localAddress: "2001:db8::1", remoteAddress: "2001:db8::2", remotePort: 0 },
  );
  const use = fc.record({
    at: fc
      .date({ min: new Date(2000, 0, 1), max: new Date(2099, 0, 1), noInvalidDate: true })
      .map((date) => civil(date.getTime() * 1000)),
    protocol: fc.constantFrom("tcp" as const, "udp" as const),
    localPort: fc.integer({ min: 0, max: 65535 }),
    pid: fc.integer({ min: 0, max: 4_194_304 }),
    module: name,
    user: name,
  });
  fc.assert(
    fc.property(use, ends, (about, both) => {
      expect(readPortUse(portUseText({ ...about, ...both }))).toEqual({ ...about, ...both });
    }),
    { numRuns: 300 },
  );
});
