import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { process as owner, snapshot, socket } from "../model/world.ts";

const program = fileURLToPath(new URL("../../src/portolan.ts", import.meta.url));
const count = 110_003;
let folder = "";
let world: string[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "portolan-output-"));
  const holder = [owner({ pid: 23 })];
  const sockets = Array.from({ length: count }, (_, index) =>
    socket({ local: { address: "127.0.0.1", port: index % 65_536 }, networkNamespace: index, processes: holder }),
  );
  const file = join(folder, "world.json");
  writeFileSync(file, JSON.stringify({ snapshots: [snapshot(sockets)] }));
  world = ["--collector", `scripted:${file}`];
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the program in a process of its own with stdout as given, and answers how it ended. */
async function run(argv: string[], stdout: number | "pipe", read?: (stream: NodeJS.ReadableStream) => void) {
  const child = spawn(process.execPath, [program, ...argv], { stdio: ["ignore", stdout, "pipe"] });
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  if (child.stdout) read?.(child.stdout);
  const [status, signal] = await once(child, "close");
  return { status, signal, stderr };
}

describe(`with ${count} sockets`, () => {
  test.each([
    ["--ndjson", count],
    ["--csv", count + 1],
    ["-v", 3 * count + 1],
  ])("%s: a slow reader gets every line", async (format, expected) => {
    let lines = 0;
    const { status, stderr } = await run(["ls", format, ...world], "pipe", (stream) => {
      stream.on("data", (chunk: Buffer) => {
        for (const byte of chunk) if (byte === 0x0a) lines++;
        stream.pause();
        setImmediate(() => stream.resume());
      });
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(lines).toBe(expected);
  });

  test("a reader that leaves is no error", async () => {
    const outcome = await run(["ls", "--json", ...world], "pipe", (stream) => {
      stream.once("data", () => (stream as import("node:net").Socket).destroy());
    });
    expect(outcome).toEqual({ status: 0, signal: null, stderr: "" });
  });

  test("a pipe in non-blocking mode gets every line", () => {
    // The writing end is made non-blocking by a program that shares it, as a terminal multiplexer may do.
    const script = `
import os, subprocess, sys, fcntl
r, w = os.pipe()
fcntl.fcntl(w, fcntl.F_SETFL, fcntl.fcntl(w, fcntl.F_GETFL) | os.O_NONBLOCK)
child = subprocess.Popen(sys.argv[1:], stdout=w)
os.close(w)
lines = 0
while True:
    chunk = os.read(r, 65536)
    if not chunk: break
    lines += chunk.count(b"\\n")
print(lines, child.wait())
`;
    const argv = ["-c", script, process.execPath, program, "ls", "--ndjson", ...world];
    expect(execFileSync("python3", argv, { encoding: "utf8" })).toBe(`${count} 0\n`);
  });
});

test("a full disk is a problem, told without a stack", async () => {
  const full = openSync("/dev/full", "w");
  const { status, stderr } = await run(["ls", ...world], full).finally(() => closeSync(full));
  expect(status).toBe(74);
  expect(stderr).toMatch(/^portolan: could not write to standard output\n {2}ENOSPC.*\n {2}next: /);
  expect(stderr).not.toContain("    at ");
});

test("help into a full disk is the same problem", async () => {
  const full = openSync("/dev/full", "w");
  const { status } = await run(["ls", "--help"], full).finally(() => closeSync(full));
  expect(status).toBe(74);
});
