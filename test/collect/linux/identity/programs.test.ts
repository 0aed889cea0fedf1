import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createIdentity } from "../../../../src/collect/linux/identity/identity.ts";
import { createPrograms } from "../../../../src/collect/linux/identity/programs.ts";
import { createProcessReader } from "../../../../src/collect/linux/owners/process.ts";
import type { ProgramRecord } from "../../../../src/model/record.ts";
import { until } from "../../../live/until.ts";

const AT = 1_795_424_400_000_000;

/** A program of its own that runs until the test ends. */
async function running(name: string): Promise<{ path: string; pid: number; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "portolan-programs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  copyFileSync("/bin/sleep", path);
  const child = spawn(path, ["1000"], { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  const pid = child.pid ?? 0;
  await until("its exec", () => readFileSync(`/proc/${pid}/comm`, "utf8").trim() === name);
  await until("its library", () => readFileSync(`/proc/${pid}/maps`, "utf8").includes("libc.so.6"));
  return { path, pid, remove: () => rmSync(path) };
}

const sha256 = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

describe("a version of an executable", () => {
  test("is told once, with its hash and its modules", async () => {
    const { path, pid } = await running("harbour");
    const programs = createPrograms("/proc");
    programs.used(pid, path, AT);
    programs.used(pid, path, AT + 1);
    const taken: ProgramRecord[] = [];
    await until("the hash", () => taken.push(...programs.take(false)) > 0);
    const { size } = statSync(path);
    expect(taken).toMatchObject([{ executable: path, sha256: sha256(path), size, firstSeen: AT }]);
    expect(taken[0]?.modules?.[0]).toBe(path);
    expect(taken[0]?.modules?.join()).toContain("libc.so.6");
    programs.used(pid, path, AT + 2);
    expect(programs.take(true)).toEqual([]);
  });

  test("is told without its hash where nobody can wait for it, and then no more", async () => {
    const { path, pid } = await running("harbour");
    const programs = createPrograms("/proc");
    programs.used(pid, path, AT);
    const [program] = programs.take(true);
    expect(program).toMatchObject({ executable: path });
    expect(program).not.toHaveProperty("sha256");
    programs.close();
    expect(programs.take(true)).toEqual([]);
  });

  test("of a process that is gone is not told", () => {
    const programs = createPrograms("/proc");
    programs.used(4_194_304, "/bin/sleep", AT);
    expect(programs.take(true)).toEqual([]);
  });
});

describe("a process", () => {
  test("is its executable, where no package has that, also when the file was removed", async () => {
    const { path, pid, remove } = await running("harbour");
    const identity = await createIdentity("/proc");
    onTestFinished(() => identity.close());
    remove();
    const process = createProcessReader("/proc").read(pid);
    expect(process).toBeDefined();
    const recorded = process && identity.of({ ...process, executable: path }, AT);
    expect(recorded).toMatchObject({ pid, application: "harbour", executable: path });
    expect(identity.programs(true)).toMatchObject([{ executable: path }]);
  });

  test("keeps what is known of it when it is gone", async () => {
    const identity = await createIdentity("/proc");
    const gone = { pid: 4_194_304, startedAt: AT, name: "short", executable: "/opt/short", unit: "short.service" };
    expect(identity.of(gone, AT)).toEqual({ ...gone, application: "short" });
  });
});
