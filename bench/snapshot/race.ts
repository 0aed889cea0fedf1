import { remedy } from "../peers.ts";
import type { Room } from "../room.ts";
import type { Bench } from "../row.ts";
import { median } from "../statistics.ts";
import { type Timing, time } from "../stopwatch.ts";
import { type Held, mistake } from "./held.ts";
import type { Lister } from "./listers.ts";

/** How one command did. `fault` tells why it does not count: missing, failed, or a wrong answer. */
export type Run = { lister: Lister; times: number[]; processor: number[]; fault?: string };

/**
 * Runs all commands in turn, `repeat` times after one round that warms up, and holds every answer to the truth. In turn,
 * so that what disturbs the machine for a while disturbs all alike.
 */
export function race(bench: Bench, room: Room, held: Held, listers: readonly Lister[]): Run[] {
  const runs: Run[] = listers.map((lister) => ({ lister, times: [], processor: [] }));
  for (let round = 0; round <= bench.repeat; round++) {
    bench.progress(round === 0 ? "warming up" : `round ${round} of ${bench.repeat}`);
    for (const run of runs) if (run.fault === undefined) lap(bench, room, held, run, round > 0);
  }
  return runs;
}

function lap(bench: Bench, room: Room, held: Held, run: Run, counts: boolean): void {
  const { peer, command, pidOf } = run.lister;
  if (peer !== undefined && bench.missing.has(peer)) {
    run.fault = remedy(peer);
    return;
  }
  const timing = time(bench, room, command);
  const fault = failure(timing) ?? mistake(timing.output, pidOf, held);
  if (fault !== undefined) run.fault = fault;
  if (!counts) return;
  run.times.push(timing.milliseconds);
  run.processor.push(timing.processor);
}

function failure({ status, errors }: Timing): string | undefined {
  if (errors.includes("portolan: building")) throw new Error("a source changed during the bench: run it again");
  return status === 0 ? undefined : `status ${status}: ${errors.trim().split("\n")[0]}`;
}

/** Median of `run` in milliseconds; undefined where it does not count. */
export function medianOf(run: Run | undefined): number | undefined {
  return run === undefined || run.fault !== undefined || run.times.length === 0 ? undefined : median(run.times);
}
