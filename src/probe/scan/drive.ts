import { setImmediate } from "node:timers/promises";
import type { Ground } from "./ground.ts";

/** How long the program's other work (signals, progress) is kept waiting, in milliseconds. */
const SLICE = 8;
/** The longest wait in one piece, after which it is looked whether somebody has interrupted. */
const LONGEST = 50;

/** What is driven: it does what is due, and says when something is due again. */
export type Driven = { work(now: number): boolean; next(now: number): number; readonly done: boolean };

/** Runs what asks ports until all is done or `signal` ends it: reads what has come, sends what may go, waits otherwise. */
export async function drive(driven: readonly Driven[], ground: Ground, signal?: AbortSignal): Promise<void> {
  const { poller, timers } = ground;
  let sliceEnd = performance.now() + SLICE;
  while (!driven.every(({ done }) => done) && signal?.aborted !== true) {
    const now = performance.now();
    timers.run(now);
    let busy = false;
    for (const each of driven) busy = each.work(now) || busy;
    busy = poller.look() > 0 || busy;
    if (busy && performance.now() < sliceEnd) continue;
    if (busy) await setImmediate();
    else await poller.wait(pause(driven, timers.next));
    sliceEnd = performance.now() + SLICE;
  }
}

/** Whole milliseconds until something is due, as epoll_wait(2) counts them. */
function pause(driven: readonly Driven[], timer: number): number {
  const now = performance.now();
  const due = Math.min(timer, ...driven.map((each) => each.next(now)));
  return Math.max(0, Math.min(LONGEST, Math.ceil(due - now)));
}
