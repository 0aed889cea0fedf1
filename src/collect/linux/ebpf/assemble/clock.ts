import type { ProcessKey } from "../../../../model/process.ts";
import type { Micros } from "../../../../model/time.ts";
import { bootTicksToMicros } from "../../owners/boot-time.ts";

const NANOS_PER_TICK = 10_000_000; // USER_HZ is 100 (time(7))
/** A power of two: processes that are known by the low bits of their pid. */
const KNOWN = 256;

/** Turns the kernel's times since boot into wall time, and processes into keys that /proc agrees with. */
export class Clock {
  readonly #bootTime: Micros;
  #offset: number;
  /** The last processes asked for, since records come in runs of the same. */
  readonly #known: ({ nanos: number; key: ProcessKey } | undefined)[] = Array(KNOWN).fill(undefined);

  /** `bootTime` as /proc/stat tells it; `offset` in microseconds between time since boot and wall time. */
  constructor(bootTime: Micros, offset: number) {
    this.#bootTime = bootTime;
    this.#offset = offset;
  }

  /** The wall clock may have been stepped: times from now on are counted by the new offset. */
  set offset(offset: number) {
    this.#offset = offset;
  }

  /** Nanoseconds since boot as wall time. */
  wall(nanos: number): Micros {
    return Math.round(nanos / 1000) + this.#offset;
  }

  /** The process `pid` that started `nanos` after boot; undefined where the record names none. */
  process(pid: number, nanos: number): ProcessKey | undefined {
    if (pid === 0) return undefined;
    const known = this.#known[pid % KNOWN];
    if (known?.key.pid === pid && known.nanos === nanos) return known.key;
    const key = { pid, startedAt: bootTicksToMicros(this.#bootTime, Math.floor(nanos / NANOS_PER_TICK)) };
    this.#known[pid % KNOWN] = { nanos, key };
    return key;
  }
}
