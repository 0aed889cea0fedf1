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
        return insteadOf(error, await second()).capture(scope, sink);
      }
    },
  };
}

/**
 * `second`, whose captures also state what a better collector would have seen and why it does not work: `problem`. What
 * `second` itself cannot do is had by the same command, so that there is one thing to type and not two.
 */
export function insteadOf(problem: Problem, second: Collector): Collector {
  return {
    ...second,
    async capture(scope, sink) {
      const capture = await second.capture(scope, sink);
      const own = capture.degradations.map((one) => ({ ...one, ...(problem.next && { remedy: problem.next }) }));
      return { ...capture, degradations: [lostBy(problem), ...own] };
    },
  };
}

/** What following from /proc loses, why the kernel's own events are not there, and what brings them. */
function lostBy(problem: Problem): Degradation {
  const why = problem.why === undefined ? problem.message : `${problem.message} ${problem.why}`;
  const what = `short connections and processes: ${why.replace(/\.$/, "")}`;
  return problem.next === undefined ? { what } : { what, remedy: problem.next };
}
