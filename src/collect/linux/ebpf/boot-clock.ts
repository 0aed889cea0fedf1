import { openLibc } from "../../../ffi/libc.ts";

const CLOCK_REALTIME = 0;
const CLOCK_BOOTTIME = 7; // include/uapi/linux/time.h

/**
 * Microseconds to add to a time since boot for wall time, as of now. Asked again at each sweep, since the wall clock may
 * be stepped.
 */
export function bootOffset(): () => number {
  const libc = openLibc();
  const gettime = libc.declare<(clock: number, time: Uint8Array) => number>("int clock_gettime(int, void*)");
  const time = Buffer.alloc(16);
  const read = (clock: number): number => {
    gettime(clock, time);
    return Number(time.readBigInt64LE(0)) * 1e6 + Number(time.readBigInt64LE(8)) / 1000;
  };
  return () => Math.round(read(CLOCK_REALTIME) - read(CLOCK_BOOTTIME));
}
