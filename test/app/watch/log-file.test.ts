import { execFileSync } from "node:child_process";
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openLogFile } from "../../../src/app/watch/log-file.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portolan-log-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a log", () => {
  test("is appended to, line by line", () => {
    const path = join(folder, "log");
    writeFileSync(path, "before\n");
    const log = openLogFile(path, "# heading\n");
    expect(readFileSync(path, "utf8")).toBe("before\n# heading\n");
    log.write("one\ntwo\n");
    expect(readFileSync(path, "utf8")).toBe("before\n# heading\none\ntwo\n");
    expect(log).toMatchObject({ missing: 0, trouble: undefined });
    log.close();
  });

  test("stays the file that it was when it is renamed, and goes on in one that was emptied", () => {
    const path = join(folder, "log");
    const log = openLogFile(path, "# heading\n");
    truncateSync(path);
    log.write("one\n");
    renameSync(path, `${path}.1`);
    log.write("two\n");
    expect(readFileSync(`${path}.1`, "utf8")).toBe("one\ntwo\n");
    log.close();
  });

  test.each([
    ["in a folder that is missing", (at: string) => join(at, "missing/log"), /ENOENT/],
    ["that is a folder", (at: string) => at, /EISDIR/],
    ["on a full disk", () => "/dev/full", /ENOSPC/],
    ["that is a pipe nobody reads", fifo, /ENXIO/],
  ])("%s is refused before anything is watched", (_, place, why) => {
    expect(() => openLogFile(place(folder), "# heading\n")).toThrow(
      expect.objectContaining({ code: "output-failed", why: expect.stringMatching(why) }),
    );
  });
});

/** A named pipe. */
function fifo(at: string): string {
  const path = join(at, "pipe");
  execFileSync("mkfifo", [path]);
  return path;
}

test("lines that cannot be written are counted, and the file says so when it can be written again", () => {
  // A full pipe is a disk without room that gets room again.
  const path = fifo(folder);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const log = openLogFile(path, "# heading\n");
  const line = `${"x".repeat(1000)}\n`;
  const lines = line.repeat(101);
  log.write(lines);
  expect(log.missing).toBeGreaterThan(0);
  expect(log.missing).toBeLessThan(101);
  expect(log.trouble).toMatch(/EAGAIN/);
  const missing = log.missing;
  log.write("lost as well\n");
  expect(log.missing).toBe(missing + 1);
  const kept = drain(reader);
  log.write("found again\n");
  expect(log).toMatchObject({ missing: missing + 1, trouble: undefined });
  const whole = (kept + drain(reader)).split("\n");
  expect(whole[0]).toBe("# heading");
  expect(whole.filter((each) => each === line.trimEnd())).toHaveLength(101 - missing);
  expect(whole.slice(-3)).toEqual([
    expect.stringMatching(`^# ${missing + 1} lines are missing: EAGAIN`),
    "found again",
    "",
  ]);
  log.close();
  closeSync(reader);
});

function drain(descriptor: number): string {
  const parts: Buffer[] = [];
  for (;;) {
    const part = Buffer.alloc(65_536);
    try {
      const length = readSync(descriptor, part);
      if (length === 0) break;
      parts.push(part.subarray(0, length));
    } catch {
      break; // EAGAIN: it is empty
    }
  }
  return Buffer.concat(parts).toString("utf8");
}
