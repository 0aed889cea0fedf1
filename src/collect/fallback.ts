import type { Degradation } from "../model/gap.ts";
import type { Collector } from "../model/interfaces.ts";
import { Problem } from "../model/problem.ts";

/**
 * A collector that asks `best`, and `second` where `best` proves not to work on this machine. A capture then states
 * what is lost. A snapshot loses nothing by it: both see the same sockets, and one takes longer.
 */
export function withFallback(best: Collector, second: () => Promise<Collector>): Collector {
  return {
    name: best.name,
    fromStart: best.fromStart,
    async snapshot(options) {
      try {
        return await best.snapshot(options);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return (await second()).snapshot(options);
      }
    },
    async capture(scope, sink) {
      try {
        return await best.capture(scope, sink);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const capture = await (await second()).capture(scope, sink);
        capture.degradations.unshift(lostBy(error));
        return capture;
      }
    },
  };
}

/** What following from /proc loses, why the kernel's own events are not there, and what brings them. */
export function lostBy(problem: Problem): Degradation {
  const why = problem.why === undefined ? problem.message : `${problem.message} ${problem.why}`;
  const what = `short connections and processes may be missed: ${why}`;
  return problem.next === undefined ? { what } : { what, remedy: problem.next };
}
