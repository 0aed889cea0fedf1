import { describe, expect, test } from "vitest";
import { bootTicksToMicros, parseBootTime } from "../../../../src/collect/linux/owners/boot-time.ts";
import { parseCommandLine } from "../../../../src/collect/linux/owners/command-line.ts";
import { parseModules } from "../../../../src/collect/linux/owners/modules.ts";
import { parseUid } from "../../../../src/collect/linux/owners/status.ts";
import { parseUsers } from "../../../../src/collect/linux/owners/users.ts";

describe("boot time", () => {
  test("is the btime line of /proc/stat, in microseconds", () => {
    expect(parseBootTime("cpu  1 2\nintr 5 btime 3\nbtime 1795392820\nprocesses 9\n")).toBe(1_795_392_820_000_000);
  });
  test.each(["", "cpu 1\n", "btime 5\n", "cpu 1\nbtime \n", "cpu 1\nbtime 99999999999999999999\n"])(
    "is not in %j",
    (text) => {
      expect(parseBootTime(text)).toBeUndefined();
    },
  );
  test("and ticks of 10 ms give a start", () => {
    expect(bootTicksToMicros(1_795_392_820_000_000, 123_782)).toBe(1_795_394_057_820_000);
  });
});

describe("command line", () => {
  test("arguments end with NUL, and may be empty", () => {
    expect(parseCommandLine("nginx\0-g\0\0daemon off;\0")).toEqual(["nginx", "-g", "", "daemon off;"]);
  });
  test("what a program wrote over its arguments is one of them", () => {
    expect(parseCommandLine("nginx: worker process\0\0\0\0")).toEqual(["nginx: worker process"]);
  });
  test.each(["", "\0", "\0\0"])("none in %j", (text) => expect(parseCommandLine(text)).toBeUndefined());
  test("what was cut off is said", () => {
    expect(parseCommandLine("sh\0-c\0ec", true)).toEqual(["sh", "-c", "ec", "…"]);
    expect(parseCommandLine("x\0".repeat(5_000))).toHaveLength(1_025);
  });
});

describe("user", () => {
  test("is the effective id", () => {
    expect(parseUid("Name:\tUid:\t1\nUmask:\t0022\nUid:\t1000\t33\t0\t33\nGid:\t0\n")).toBe(33);
  });
  test.each(["", "Uid:\t1\t2\n", "x\nUid:\t1\n", "x\nUid:\t1\t\t\n", "x\nUid:\t1\tx\n"])("is not in %j", (text) => {
    expect(parseUid(text)).toBeUndefined();
  });
  test("the first name of an id counts; broken lines do not", () => {
    const users = parseUsers(
      "root:x:0:0:root:/root:/bin/sh\ntoor:x:0:0::/:\nhalf\n:x:7:\nbad:x:y:\ncaf\ufffd:x:1000:1\n",
    );
    expect([...users]).toEqual([
      [0, "root"],
      [1000, "caf\ufffd"],
    ]);
  });
});

test("modules are the files mapped as code, each once", () => {
  const text = [
    "55e02b13a000-55e02b13c000 r--p 00000000 fe:00 260131                     /usr/bin/cat",
    "55e02b13c000-55e02b141000 r-xp 00002000 fe:00 260131                     /usr/bin/cat",
    "55e02b150000-55e02b151000 r-xp 00008000 fe:00 260131                     /usr/bin/cat",
    "7f0000000000-7f0000001000 r-xp 00000000 fe:00 260132                     /opt/two words/lib.so (deleted)",
    "7f0000002000-7f0000003000 r-xp 00000000 00:00 0                          [vdso]",
    "7f0000004000-7f0000005000 rwxp 00000000 00:00 0 ",
    "garbage",
    "",
  ].join("\n");
  expect(parseModules(text)).toEqual(["/usr/bin/cat", "/opt/two words/lib.so (deleted)"]);
});
