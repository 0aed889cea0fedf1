import type { Micros } from "../../../model/time.ts";
import { readText } from "./proc-file.ts";

/** Microseconds in one clock tick of /proc: USER_HZ is 100 on every architecture that Node runs on (time(7)). */
const MICROS_PER_TICK = 10_000;

/**
 * When the machine booted, from the `btime` line of `text`, the content of /proc/stat (proc_stat(5)): whole seconds,
 * so everything derived from it is early by less than a second, and by the same amount for all collectors.
 * Absent when there is no such line.
 */
export function parseBootTime(text: string): Micros | undefined {
  const at = text.indexOf("\nbtime ");
  if (at < 0) return undefined;
  const seconds = Number.parseInt(text.slice(at + 7, at + 27), 10);
  return Number.isSafeInteger(seconds * 1_000_000) ? seconds * 1_000_000 : undefined;
}

/** When the machine behind `root` booted. Throws when /proc/stat gives no answer: no process could be told apart. */
export function readBootTime(root: string): Micros {
  const time = parseBootTime(readText(`${root}/stat`) ?? "");
  if (time === undefined) throw new Error(`${root}/stat has no btime line`);
  return time;
}

/**
 * The moment that lies `ticks` clock ticks after boot: how field 22 of /proc/PID/stat tells a process's start. A
 * collector that has nanoseconds (`start_boottime` of the task) divides by 10,000,000 and drops the rest first, so
 * that all collectors give one process one start.
 */
export function bootTicksToMicros(bootTime: Micros, ticks: number): Micros {
  return bootTime + ticks * MICROS_PER_TICK;
}
