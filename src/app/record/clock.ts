import { uptime } from "node:os";
import type { Moment } from "../../analyze/record.ts";
import { micros } from "../../model/time.ts";

/** How long the kernel's count of time since boot is carried on by a quicker clock, which stands still in sleep. */
const CARRIED_MILLISECONDS = 1000;

/** The present by the wall clock and by time since boot, sleep included (uptime(1)), which nobody can set. */
export function createClock(): () => Moment {
  let [since, boot] = [Number.NEGATIVE_INFINITY, 0];
  return () => {
    const now = performance.now();
    if (now - since >= CARRIED_MILLISECONDS) [since, boot] = [now, uptime() * 1e6];
    return { wall: micros(Date.now()), steady: Math.round(boot + (now - since) * 1000) };
  };
}
