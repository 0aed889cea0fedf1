import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cgroupIdentity, parseCgroup2Mount } from "../../../../src/collect/linux/cgroup/mount.ts";

const PROC = "proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0\n";

describe("the mount of cgroup v2", () => {
  test.each([
    ["alone", `${PROC}cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid,nodev 0 0\n`, "/sys/fs/cgroup"],
    [
      "beside v1",
      `cgroup /sys/fs/cgroup/pids cgroup rw,pids 0 0\ncgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0\n${PROC}`,
      "/sys/fs/cgroup/unified",
    ],
    ["called otherwise", "none /mnt/groups cgroup2 rw 0 0\n", "/mnt/groups"],
    ["with a blank in it", "none /mnt/my\\040groups cgroup2 rw 0 0\n", "/mnt/my groups"],
    ["with a tab, a newline and a backslash", "none /a\\011b\\012c\\134d cgroup2 rw 0 0\n", "/a\tb\nc\\d"],
    ["with what only looks like an escape", "none /a\\134040 cgroup2 rw 0 0\n", "/a\\040"],
    ["without a last newline", "none /g cgroup2 rw 0 0", "/g"],
  ])("%s", (_, mounts, expected) => {
    expect(parseCgroup2Mount(mounts)).toBe(expected);
  });

  test.each([
    ["no mounts", ""],
    ["v1 alone", `${PROC}cgroup /sys/fs/cgroup/pids cgroup rw,pids 0 0\n`],
    ["a device called cgroup2", "cgroup2 /x tmpfs rw 0 0\n"],
    ["a folder called cgroup2", "none cgroup2 tmpfs rw 0 0\n"],
    ["a line cut off", "cgroup2 /sys/fs/cgr"],
  ])("is nowhere in %s", (_, mounts) => {
    expect(parseCgroup2Mount(mounts)).toBeUndefined();
  });

  test("is a path or nothing, whatever the text", () => {
    const word = fc.constantFrom("cgroup2", "\\040", "\\999", "/", " ", "\n", "\\", "none");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(word).map((words) => words.join("")),
        ),
        (text) => {
          expect(["string", "undefined"]).toContain(typeof parseCgroup2Mount(text));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("a cgroup's identity", () => {
  const folder = mkdtempSync(join(tmpdir(), "portolan-cgroup-"));

  test("is the inode of its folder, and how deep it lies below the mount", ({ onTestFinished }) => {
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { ino } = statSync(folder, { bigint: true });
    expect(cgroupIdentity(folder, folder)).toEqual({ id: ino, level: 0 });
    expect(cgroupIdentity(tmpdir(), folder)).toEqual({ id: ino, level: 1 });
    expect(cgroupIdentity(join(tmpdir(), ".."), folder).level).toBeGreaterThan(1);
  });
});
