import { readlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lack, program } from "../machine.ts";
import { portolan } from "../observer.ts";
import { Stage } from "../stage.ts";
import { until } from "../until.ts";
import { printedByLs, socketsOfLs } from "./portolan.ts";
import { socketsOfSs } from "./ss.ts";

const missing = lack("ss", "ip", "unshare", "nsenter", "python3");
const COLLECTORS = ["procfs", "ebpf"];

/** Inode number of the network namespace of `pid`. */
function namespaceOf(pid: number | "self"): number {
  return Number(/\d+/.exec(readlinkSync(`/proc/${pid}/ns/net`))?.[0]);
}

describe.skipIf(missing !== undefined)(`a namespace with sockets of all kinds (${missing ?? "live"})`, () => {
  const stage = new Stage(portolan);
  let pid = 0;
  let vxlan = true;
  let truth: string[] = [];

  beforeAll(async () => {
    const script = join(import.meta.dirname, "world.py");
    const world = stage.beside([program("unshare"), "-n", program("python3"), script]);
    const said = await until("the sockets", () => {
      if (!world.running) throw new Error(world.stderr);
      return /^(without vxlan\n)?ready$/m.exec(world.stdout) ?? undefined;
    });
    vxlan = said[1] === undefined;
    pid = world.pid;
    // Connections settle a moment after their last packet.
    truth = await until("two equal answers of ss", () => {
      const [before, after] = [socketsOfSs(pid), socketsOfSs(pid)];
      return before.join() === after.join() && after;
    });
  });
  afterAll(() => stage.strike());

  test("the namespace holds what the comparison is to be about", () => {
    const kinds = new Set(truth.map((line) => line.split(" ", 2).join(" ")));
    expect([...kinds].sort()).toEqual([
      "tcp CLOSE_WAIT",
      "tcp ESTABLISHED",
      "tcp FIN_WAIT_1",
      "tcp FIN_WAIT_2",
      "tcp LAST_ACK",
      "tcp LISTEN",
      "tcp SYN_RECV",
      "tcp SYN_SENT",
      "tcp TIME_WAIT",
      "udp BOUND",
      "udp CONNECTED",
    ]);
    expect(truth.filter((line) => line.includes("127.0.0.1 7201")).join()).toMatch(/ \d+,\d+,\d+$/);
  });

  test.each(COLLECTORS)("%s, from inside: every socket's protocol, state, endpoints and pids", (collector) => {
    expect(socketsOfLs(collector, namespaceOf(pid), pid)).toEqual(socketsOfSs(pid));
  });

  test.each(COLLECTORS)("%s, from outside: the same", (collector) => {
    expect(socketsOfLs(collector, namespaceOf(pid))).toEqual(socketsOfSs(pid));
  });

  test.each(COLLECTORS)("%s: who holds what no process holds", (collector) => {
    const rows = printedByLs(["--collector", collector], pid).split("\n");
    const ends = (...words: string[]) =>
      rows
        .filter((row) => words.every((word) => row.includes(word)))
        .map((row) => row.trim().split(/ +/).slice(-3).join(" "));
    expect(ends("SYN_RECV", "10.23.0.1:7012")).toEqual(["- - -"]);
    expect(new Set(ends("TIME_WAIT", "127.0.0.1:7001"))).toEqual(new Set(["- - -"]));
    expect(ends("FIN_WAIT_1", "127.0.0.1:7001")).toEqual(["- - -"]);
    expect(ends("LAST_ACK", "127.0.0.1:7001")).toEqual(["- - -"]);
    // Three that wait to be accepted, beside their clients.
    const waiting = ends("ESTABLISHED", "127.0.0.1:7010").filter((end) => end === "- - -");
    expect(waiting).toHaveLength(3);
    // A kernel without vxlan devices gives no way to make it hold a socket. From /proc such a socket looks like that of
    // a process that may not be read, if there is one.
    if (vxlan)
      expect(["- (kernel) -", ...(collector === "procfs" ? ["? (unknown) ?"] : [])]).toContain(
        `${ends("BOUND", ":4789")}`,
      );
  });
});

describe.skipIf(missing !== undefined)(`the machine's own namespace (${missing ?? "live"})`, () => {
  test.each(COLLECTORS)("%s: all that ss saw before and after, and nothing that it never saw", async (collector) => {
    // Others come and go meanwhile: what stayed must be there, and what is there must have been at one of both times.
    const once = () => {
      const before = socketsOfSs();
      const seen = socketsOfLs(collector, namespaceOf("self"));
      const after = socketsOfSs();
      const known = new Set([...before, ...after]);
      const [found, still] = [new Set(seen), new Set(after)];
      return {
        missing: before.filter((line) => still.has(line) && !found.has(line)),
        invented: seen.filter((line) => !known.has(line)),
      };
    };
    let last = once();
    await until("agreement with ss", () => {
      last = once();
      return last.missing.length === 0 && last.invented.length === 0;
    }).catch(() => undefined);
    expect(last).toEqual({ missing: [], invented: [] });
  });
});
