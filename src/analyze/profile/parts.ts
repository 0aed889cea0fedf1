import { Connects } from "./connects.ts";
import { FailedBinds } from "./failed-binds.ts";
import { Gaps } from "./gaps.ts";
import type { Limits } from "./limits.ts";
import { Listens } from "./listens.ts";
import { Names } from "./names.ts";
import { Processes } from "./processes.ts";
import { Timeline } from "./timeline.ts";

/** Everything that a profile sums up, part by part. */
export type Parts = {
  listens: Listens;
  connects: Connects;
  failedBinds: FailedBinds;
  processes: Processes;
  names: Names;
  timeline: Timeline;
  gaps: Gaps;
  counts: { events: number; flows: number; failed: number };
};

/** The parts before the first event. */
export function newParts(limits: Limits): Parts {
  const names = new Names(limits);
  const timeline = new Timeline();
  return {
    listens: new Listens(limits, timeline),
    connects: new Connects(limits, names, timeline),
    failedBinds: new FailedBinds(limits),
    processes: new Processes(limits),
    names,
    timeline,
    gaps: new Gaps(limits),
    counts: { events: 0, flows: 0, failed: 0 },
  };
}
