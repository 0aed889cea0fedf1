import { describe, expect, test } from "vitest";
import { Tracker } from "../../../src/analyze/watch/tracker.ts";
import { type Change, isSocketChange } from "../../../src/model/change.ts";
import type { Process } from "../../../src/model/process.ts";
import { at, flow, listen, process, START } from "../events.ts";
import { machine, words } from "./words.ts";

const client = "10.0.0.7:51000";
const server = "10.0.0.1:443";
const long = { ended: false, bytesIn: 0, bytesOut: 0 };

describe("who uses a port", () => {
  const nginx = process(100, { name: "sh", unit: "init.scope", executable: "/bin/sh" }).process;
  const users = (changes: Change[]) => changes.filter(({ event }) => event === "process" || event === "exit");

  test("is told once, before the first port, and when it ends", () => {
    const tracker = new Tracker(() => true, machine());
    const changes = tracker.add([
      process(100),
      process(102),
      listen("l", "::", 80),
      listen("m", "::", 81),
      { kind: "exit", at: at(3), process: { pid: 100, startedAt: START } },
      { kind: "exit", at: at(3), process: { pid: 102, startedAt: START } },
      flow("a", server, client, { at: at(4), startedAt: at(2), process: { pid: 100, startedAt: START } }),
    ]);
    expect(changes.map(({ event }) => event)).toEqual(["process", "listen", "listen", "inbound", "exit", "close"]);
    expect(users(changes).map(words)).toEqual(["process 0 100", "exit 3 100"]);
  });

  test("is looked at by then: where it belongs, and who it has become", () => {
    const now = {
      ...nginx,
      name: "nginx",
      executable: "/usr/sbin/nginx",
      unit: "nginx.service",
      modules: ["/lib/x.so"],
    };
    const { unit: _, ...moved } = now;
    const first = (living: Process) =>
      new Tracker(() => true, machine([living])).add([
        { kind: "process", at: START, process: nginx },
        listen("l", "::", 80),
      ])[0];
    expect(first(now)).toMatchObject({ event: "process", process: now, application: "/usr/sbin/nginx" });
    expect(first(moved)).not.toMatchObject({ process: { unit: expect.anything() } });
  });

  test("is not mixed up with whoever has its pid now", () => {
    const other = { ...nginx, startedAt: START + 10_000, name: "other" };
    const tracker = new Tracker(() => true, machine([other]));
    expect(tracker.add([{ kind: "process", at: START, process: nginx }, listen("l", "::", 80)])[0]).toMatchObject({
      process: nginx,
    });
  });

  test("is told anew when it has become another program", () => {
    const tracker = new Tracker(() => true, machine());
    const exec = process(100, { name: "nginx", executable: "/usr/sbin/nginx" });
    const changes = tracker.add([
      { kind: "process", at: START, process: nginx },
      listen("l", "::", 80),
      exec,
      listen("m", "::", 81),
    ]);
    expect(users(changes)).toMatchObject([
      { event: "process", process: { executable: "/bin/sh" } },
      { event: "process", process: { executable: "/usr/sbin/nginx", unit: "init.scope" } },
    ]);
  });

  test("of whom nothing was told has at least its pid", () => {
    expect(new Tracker(() => true, machine()).add([listen("l", "::", 80)])).toMatchObject([
      { event: "process", process: { pid: 100, name: "?" } },
      { event: "listen", socket: { processes: [{ pid: 100 }] } },
    ]);
  });

  test("is everybody who holds it, where several do", () => {
    const living = [process(7, { name: "a" }).process, process(8, { name: "b" }).process];
    const tracker = new Tracker(() => true, machine(living));
    const { process: _, ...shared } = flow("a", server, client, {
      ...long,
      evidence: { source: "ambiguous", candidates: [7, 8] },
    });
    const [change] = tracker.add([shared]).filter(isSocketChange);
    expect(change?.socket).toMatchObject({ processes: living, application: "a", evidence: { candidates: [7, 8] } });
  });
});
