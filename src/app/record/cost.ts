import { readFileSync } from "node:fs";
import type { Moment } from "../../analyze/record.ts";
import type { Cost } from "../../model/record.ts";

/** How often it is looked what the recorder takes, in microseconds. */
const INTERVAL = 60_000_000;

/** What the recorder itself takes: a sample each minute. Memory that it no longer needs is given back before. */
export class Costs {
  readonly #trim: () => void;
  #before: { now: Moment; processor: number; flows: number; lost: number };

  constructor(now: Moment, trim: () => void) {
    this.#trim = trim;
    trim();
    this.#before = { now, processor: processorTime(), flows: 0, lost: 0 };
  }

  /** The sample that is due, and with `last` the rest. */
  take(now: Moment, counts: { flows: number; lost: number }, last: boolean): Cost[] {
    const before = this.#before;
    if (!last && now.steady - before.now.steady < INTERVAL) return [];
    this.#trim();
    const processor = processorTime();
    this.#before = { now, processor, ...counts };
    return [
      {
        from: before.now.wall,
        until: now.wall,
        processor: processor - before.processor,
        memory: proportionalSetSize(),
        flows: counts.flows - before.flows,
        lost: counts.lost - before.lost,
      },
    ];
  }
}

/** All threads, user and system, in microseconds. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** In bytes: memory that is shared with others counts by its share (proc_pid_smaps(5)); else all of it. */
function proportionalSetSize(): number {
  try {
    const kilobytes = /^Pss: +(\d+) kB$/m.exec(readFileSync("/proc/self/smaps_rollup", "utf8"))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // Without /proc, or before Linux 4.14.
  }
  return process.memoryUsage.rss();
}
