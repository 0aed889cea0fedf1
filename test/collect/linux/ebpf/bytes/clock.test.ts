import { expect, test } from "vitest";
import { Clock } from "../../../../../src/collect/linux/ebpf/assemble/clock.ts";
import { bootTicksToMicros } from "../../../../../src/collect/linux/owners/boot-time.ts";
import { BOOT_TIME, OFFSET, SECOND } from "./scene.ts";

test("a moment is counted from the offset, whatever /proc/stat says of the boot", () => {
  expect(new Clock(BOOT_TIME, OFFSET).wall(5 * SECOND)).toBe(OFFSET + 5_000_000);
});

test("a wall clock that was stepped moves later moments and leaves processes what they were", () => {
  const clock = new Clock(BOOT_TIME, OFFSET);
  const before = clock.process(7, 3 * SECOND);
  clock.offset = OFFSET + 3_600_000_000;
  expect(clock.wall(5 * SECOND)).toBe(OFFSET + 3_605_000_000);
  expect(clock.process(7, 3 * SECOND)).toEqual(before);
});

// start_boottime of a task in nanoseconds, and field 22 of its /proc/PID/stat: the kernel drops the rest of a tick.
test.each([
  [0, 0],
  [9_999_999, 0],
  [10_000_000, 1],
  [12_345_678_901, 1234],
  [104 * 86_400 * SECOND + 19_999_999, 104 * 86_400 * 100 + 1],
])("a process that started %d ns after boot is the one that /proc says started at tick %d", (nanos, ticks) => {
  const process = new Clock(BOOT_TIME, OFFSET).process(7, nanos);
  expect(process).toEqual({ pid: 7, startedAt: bootTicksToMicros(BOOT_TIME, ticks) });
});

test("pid 0 is nobody", () => {
  expect(new Clock(BOOT_TIME, OFFSET).process(0, SECOND)).toBeUndefined();
});
