import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { readCgroupPids } from "../../../../../src/collect/linux/procfs/capture/cgroup-pids.ts";
import { createProcfsCollector } from "../../../../../src/collect/linux/procfs/collector.ts";
import { Problem } from "../../../../../src/model/problem.ts";
import { readWorld, unpack } from "../../../../worlds/world.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function cgroupFolder(tree: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "portolan-cgroup-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, "cgroup.procs"), text);
  }
  return folder;
}

describe("cgroup", () => {
  test("processes of a folder and of all below it, each once", () => {
    const path = cgroupFolder({ ".": "12\n7\n", "a/b": "9\n0\n", a: "", c: "7\n" });
    expect(readCgroupPids(path)).toEqual([7, 9, 12]);
    expect(readCgroupPids(`${path}/gone`)).toEqual([]);
  });

  test("its members are followed in a recorded world", async () => {
    const world = readWorld("harbour");
    // Only process 1 was recorded with the tables, which are those of the namespace that it shares with the others.
    for (const [path, text] of Object.entries(world.files)) {
      if (path.startsWith("proc/1/net/")) world.files[path.replace("proc/1/", "proc/24/")] = text;
    }
    const { proc, remove } = unpack(world);
    const events: object[] = [];
    const path = cgroupFolder({ ".": "24\n", below: "17\n9999\n" });
    const collector = createProcfsCollector(proc);
    const capture = await collector.capture({ kind: "cgroup", path }, (batch) => events.push(...batch));
    await capture.close();
    remove();
    const told = (kind: string) => events.filter((event) => "kind" in event && event.kind === kind);
    expect(told("process")).toHaveLength(2);
    expect(told("listen")).toMatchObject([{ local: { address: "fe80::17%lo", port: 7004 }, process: { pid: 24 } }]);
    expect(told("flow")).toHaveLength(4);
    expect(told("gap")).toMatchObject([{ gap: { reason: expect.stringContaining("polled every") } }]);
  });
});

test("what cannot be followed is a problem with the next step", async () => {
  const collector = createProcfsCollector();
  const attempt = (scope: Parameters<typeof collector.capture>[0]) => collector.capture(scope, () => undefined);
  await expect(attempt({ kind: "process", pid: 4_194_305 })).rejects.toMatchObject({ code: "no-such-process" });
  await expect(attempt({ kind: "cgroup", path: "/nowhere" })).rejects.toBeInstanceOf(Problem);
});

test("what this process starts is followed from its first look on", async () => {
  const started: (number | undefined)[] = [];
  const capture = await createProcfsCollector().capture({ kind: "children" }, (events) => {
    for (const event of events) if (event.kind === "process") started.push(event.process.pid);
  });
  expect(started).toEqual([]);
  const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "ignore"] });
  await capture.flush();
  expect(started).toEqual([child.pid]);
  child.stdin.end();
  await once(child, "exit");
  await capture.close();
});

test("a capture that was left open does not keep the program alive", async () => {
  const module = new URL("../../../../../src/collect/linux/procfs/collector.ts", import.meta.url);
  const program = `
    import { createProcfsCollector } from ${JSON.stringify(module.href)};
    await createProcfsCollector().capture({ kind: "process", pid: process.pid }, () => {});
    console.log("following");`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [[text], [status]] = await Promise.all([once(child.stdout, "data"), once(child, "exit")]);
  expect([String(text), status]).toEqual(["following\n", 0]);
});
