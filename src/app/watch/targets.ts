import { existsSync } from "node:fs";
import type { CollectorEvent } from "../../model/event.ts";
import { Problem } from "../../model/problem.ts";

/** How often is looked whether they are there, in milliseconds: the event of an end may be lost. */
const LOOK = 500;

/** The processes that a watch is about, if it is about some: when all have ended, there is nothing left to watch. */
export type Targets = {
  /** Resolves when all have ended; never where it is about none. */
  readonly ended: Promise<void>;
  /** Notices their ends. */
  add(events: readonly CollectorEvent[]): void;
  stop(): void;
};

/** Watches over `pids`; without `real` they are made up, and only events tell. @throws Problem `no-such-process`. */
export function createTargets(pids: readonly number[], real: boolean): Targets {
  const gone = real ? pids.find((pid) => !existsSync(`/proc/${pid}`)) : undefined;
  if (gone !== undefined) throw new Problem("no-such-process", `there is no process ${gone}`, { next: "ps -e" });
  const living = new Set(pids);
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const end = (pid: number): void => {
    if (living.delete(pid) && living.size === 0) resolve();
  };
  const look = (): void => {
    for (const pid of living) if (!existsSync(`/proc/${pid}`)) end(pid);
  };
  const timer = real && pids.length > 0 ? setInterval(look, LOOK) : undefined;
  return {
    ended,
    add(events) {
      if (living.size === 0) return;
      for (const event of events) if (event.kind === "exit") end(event.process.pid);
    },
    stop: () => clearInterval(timer),
  };
}
