import type { CollectorEvent } from "../../../../model/event.ts";
import type { Capture, EventSink, Scope } from "../../../../model/interfaces.ts";
import { type Micros, micros } from "../../../../model/time.ts";
import { createProcessReader } from "../../owners/process.ts";
import { captureLimits, unreadableReason } from "../limits.ts";
import { createFollower } from "./follow.ts";
import { takeLook } from "./look.ts";
import { createMembers } from "./members.ts";
import { createPace } from "./pace.ts";
import { checkScope } from "./scope.ts";

/**
 * Follows `scope` in the /proc at `root` by looking at it again and again, at first each `interval` milliseconds. The
 * first look is reported before this returns. The timer does not keep the program alive. Throws `no-such-process` and
 * `not-available` where there is nothing to follow.
 */
export function startCapture(root: string, scope: Scope, sink: EventSink, interval: number): Capture {
  checkScope(root, scope);
  const asRoot = process.getuid?.() === 0;
  const members = createMembers(root, scope);
  const reader = createProcessReader(root);
  const follow = createFollower(reader.bootTime, (pid) => reader.read(pid));
  const pace = createPace(interval);
  const startedAt = now();
  let lastLook = startedAt;
  let unreadable = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const poll = () => {
    const began = performance.now();
    const at = Math.max(now(), lastLook);
    const look = takeLook(root, at, members());
    const events = follow(look);
    unreadable = Math.max(unreadable, look.unreadable);
    lastLook = at;
    pace.took(performance.now() - began);
    if (events.length > 0) sink(events);
  };
  const schedule = () => {
    if (closed) return;
    timer = setTimeout(() => {
      try {
        poll();
      } catch (error) {
        // Too many open files, or no memory: what cannot be looked at now is a gap, and the next look may succeed.
        if (!(error instanceof Error && "syscall" in error)) throw error;
        sink([gap(lastLook, now(), `a look at /proc failed: ${error.message}`)]);
      }
      schedule();
    }, pace.delay());
    timer.unref();
  };
  const close = async () => {
    if (closed) return;
    closed = true;
    clearTimeout(timer);
    poll();
    const gaps = [gap(startedAt, lastLook, `${pace.text()}: shorter connections may be missed`)];
    if (unreadable > 0) gaps.push(gap(startedAt, lastLook, unreadableReason(unreadable, asRoot)));
    sink(gaps);
  };
  poll();
  schedule();
  return { collector: "procfs", degradations: captureLimits(asRoot), flush: async () => poll(), close };
}

function now(): Micros {
  return micros(Date.now());
}

function gap(from: Micros, until: Micros, reason: string): CollectorEvent {
  return { kind: "gap", at: until, gap: { from, until, reason } };
}
