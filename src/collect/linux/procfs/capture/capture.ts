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
  const pace = createPace(interval);
  const startedAt = now();
  let lastLook = startedAt;
  let unreadable = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const failures = new Set<string>();

  /** Too many open files, or no memory: what cannot be read now is a gap, and the next look may succeed. */
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Error && "syscall" in error)) throw error;
      failures.add(`/proc could not be read: ${error.message}`);
      return undefined;
    }
  };
  const follow = createFollower(reader.bootTime, (pid) => attempt(() => reader.read(pid)));
  const poll = () => {
    const began = performance.now();
    const at = Math.max(now(), lastLook);
    const look = attempt(() => takeLook(root, at, members()));
    const events = look === undefined ? [] : follow(look);
    for (const reason of failures) events.push(gap(lastLook, at, reason));
    failures.clear();
    unreadable = Math.max(unreadable, look?.unreadable ?? 0);
    lastLook = at;
    pace.took(performance.now() - began);
    if (events.length > 0) sink(events);
  };
  const schedule = () => {
    if (closed) return;
    timer = setTimeout(() => {
      poll();
      schedule();
    }, pace.delay());
    timer.unref();
  };
  const standing = () => [
    `${pace.text()}: shorter connections may be missed`,
    ...(unreadable > 0 ? [unreadableReason(unreadable, asRoot)] : []),
  ];
  const close = async () => {
    if (closed) return;
    closed = true;
    clearTimeout(timer);
    poll();
    sink(standing().map((reason) => gap(startedAt, lastLook, reason)));
  };
  poll();
  schedule();
  return { collector: "procfs", degradations: captureLimits(asRoot), flush: async () => poll(), close, standing };
}

function now(): Micros {
  return micros(Date.now());
}

function gap(from: Micros, until: Micros, reason: string): CollectorEvent {
  return { kind: "gap", at: until, gap: { from, until, reason } };
}
