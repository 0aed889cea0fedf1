import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createEnclosure } from "../../../../src/collect/linux/cgroup/enclosure.ts";
import { cgroup2Mount } from "../../../../src/collect/linux/cgroup/mount.ts";
import type { Enclosure } from "../../../../src/model/interfaces.ts";
import { cgroupOf, lack, type Sleeper, sleeper, startTicks } from "./machine.ts";

describe("an enclosure", () => {
  const why = lack();
  const home = join(cgroup2Mount() ?? "/", cgroupOf("self") ?? "/");
  const sleepers: Sleeper[] = [];
  const folders: string[] = [];
  const open: Enclosure[] = [];

  beforeEach(({ skip }) => {
    if (why) skip(why);
  });
  afterEach(async () => {
    for (const one of sleepers.splice(0)) await one.end();
    for (const path of folders.splice(0)) if (existsSync(path)) rmdirSync(path);
    for (const one of open.splice(0)) if (existsSync(pathOf(one))) one.release();
  });

  const start = () => {
    const one = sleeper();
    sleepers.push(one);
    return one;
  };
  const enclose = () => {
    const enclosure = createEnclosure();
    if (!enclosure) throw new Error("no cgroup was made");
    open.push(enclosure);
    return enclosure;
  };
  /** A folder as the Portolan that is `pid`, started at `ticks`, makes it. */
  const folderOf = (pid: number, ticks: number) => {
    const path = join(home, `portolan-run-${pid}-${ticks}`);
    mkdirSync(path);
    folders.push(path);
    return path;
  };
  const membersOf = (path: string) => readFileSync(join(path, "cgroup.procs"), "utf8").split("\n").filter(Boolean);

  test("lies below our own cgroup", () => {
    const path = pathOf(enclose());
    expect(dirname(path)).toBe(resolve(home));
    expect(existsSync(path)).toBe(true);
  });

  test("holds what is started in it from its first instruction, and not us", () => {
    const enclosure = enclose();
    const before = cgroupOf("self");
    const told = enclosure.starting(() => execFileSync("/bin/cat", ["/proc/self/cgroup"], { encoding: "utf8" }));
    expect(told).toMatch(new RegExp(`^0::.*/${basename(pathOf(enclosure))}$`, "m"));
    expect(cgroupOf("self")).toBe(before);
    expect(membersOf(pathOf(enclosure))).toEqual([]);
  });

  test("lets us out again where the start fails", () => {
    const enclosure = enclose();
    const before = cgroupOf("self");
    const failing = () => execFileSync("/nonexistent/program");
    expect(() => enclosure.starting(failing)).toThrow("ENOENT");
    expect(cgroupOf("self")).toBe(before);
  });

  test("gives back what still runs, and goes away", () => {
    const enclosure = enclose();
    const running = [enclosure.starting(start), enclosure.starting(start)];
    expect(membersOf(pathOf(enclosure))).toEqual(running.map(({ pid }) => String(pid)));
    enclosure.release();
    expect(existsSync(pathOf(enclosure))).toBe(false);
    for (const { pid } of running) expect(cgroupOf(pid)).toBe(cgroupOf("self"));
  });

  test("in which the application made a cgroup of its own is left to the next start", async () => {
    const enclosure = enclose();
    const inner = join(pathOf(enclosure), "inner");
    mkdirSync(inner);
    folders.push(inner);
    const one = enclosure.starting(start);
    writeFileSync(join(inner, "cgroup.procs"), String(one.pid));
    expect(() => enclosure.release()).not.toThrow();
    expect(cgroupOf(one.pid)).toMatch(/\/inner$/);
    expect(existsSync(pathOf(enclosure))).toBe(true);
  });

  test("removes what a Portolan that is gone left behind, and its application lives on", async () => {
    const gone = sleeper();
    const ticks = startTicks(gone.pid);
    const left = folderOf(gone.pid, ticks);
    const application = start();
    writeFileSync(join(left, "cgroup.procs"), String(application.pid));
    await gone.end();
    enclose();
    expect(existsSync(left)).toBe(false);
    expect(cgroupOf(application.pid)).toBe(cgroupOf("self"));
  });

  test("removes what is left of one whose pid is another process by now", () => {
    const stranger = start();
    const left = folderOf(stranger.pid, startTicks(stranger.pid) - 1);
    enclose();
    expect(existsSync(left)).toBe(false);
  });

  test("leaves alone what belongs to a Portolan that lives", () => {
    const other = start();
    const theirs = folderOf(other.pid, startTicks(other.pid));
    const application = start();
    writeFileSync(join(theirs, "cgroup.procs"), String(application.pid));
    enclose();
    expect(existsSync(theirs)).toBe(true);
    expect(membersOf(theirs)).toEqual([String(application.pid)]);
  });

  test("leaves nothing of ours behind", () => {
    const mine = `portolan-run-${process.pid}-`;
    expect(readdirSync(home).filter((name) => name.startsWith(mine))).toEqual([]);
  });
});

function pathOf(enclosure: Enclosure): string {
  if (enclosure.scope.kind !== "cgroup") throw new Error(`an enclosure is no ${enclosure.scope.kind}`);
  return enclosure.scope.path;
}
