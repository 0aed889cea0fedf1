import { hostname } from "node:os";
import { type Tally, Tallying } from "../../analyze/watch/tally.ts";
import { Tracker } from "../../analyze/watch/tracker.ts";
import { processKnowledge, selectCapture } from "../../collect/select.ts";
import type { Change, SocketChange } from "../../model/change.ts";
import type { CollectorEvent } from "../../model/event.ts";
import type { Degradation } from "../../model/gap.ts";
import type { Scope } from "../../model/interfaces.ts";
import { isListener, type Socket } from "../../model/socket.ts";
import { type Micros, micros } from "../../model/time.ts";
import { readFilter } from "../filter.ts";
import { asShown, Delivery } from "./delivery.ts";
import { watchLimits } from "./limits.ts";
import { createTargets } from "./targets.ts";
import { createUnfollowed } from "./unfollowed.ts";

export type WatchRequest = {
  /** Which sockets, in the words of `ls`; none: all. */
  filters: readonly string[];
  /** Also each process's modules. */
  verbose: boolean;
  /** Which collector must be used; absent: the best one here. */
  collector?: string;
};

/** Sockets that are being watched. */
export type Watch = {
  readonly host: string;
  readonly filters: readonly string[];
  readonly collector: string;
  readonly startedAt: Micros;
  readonly degradations: Degradation[];
  readonly tally: Tally;
  /** What is open now. */
  open(): SocketChange[];
  /** Delivers changes, in batches: first what was open at the start, then what happened since, then what happens. */
  follow(receive: (changes: readonly Change[]) => void): void;
  /** Resolves when the processes that it is about have all ended; never where it is about none. */
  readonly ended: Promise<void>;
  /** Delivers what has happened until now, then ends. */
  close(): Promise<void>;
};

/**
 * What happens to the sockets that `filters` mean, from now on?
 * @throws Problem `bad-filter`, `no-such-process`, and what the collectors throw.
 */
export async function startWatch(request: WatchRequest, select = selectCapture): Promise<Watch> {
  const { filters } = request;
  const { test, pids } = readFilter(filters, "watch");
  const selection = await select(request.collector);
  const { collector } = selection;
  // A made-up world says all there is to say about its processes.
  const real = collector.name !== "scripted";
  const targets = createTargets(pids, real);
  const machine = processKnowledge(request.verbose);
  const tracker = new Tracker(test, real ? machine : { ...machine, look: () => undefined });
  const tally = new Tallying();
  const delivery = new Delivery();
  const tell = (changes: readonly Change[]): void => {
    tally.add(changes);
    delivery.tell(changes);
  };
  const early: CollectorEvent[] = [];
  let began = false;
  const scope = scopeOf(pids);
  const capture = await collector.capture(scope, (events) => {
    targets.add(events);
    if (began) tell(tracker.add(events));
    else for (const event of events) early.push(event);
  });
  const unfollowed = createUnfollowed(collector);
  const close = async (): Promise<void> => {
    targets.stop();
    unfollowed.stop();
    await capture.close();
  };
  const listeners = (): Socket[] => tracker.open().flatMap(({ socket }) => (isListener(socket) ? [socket] : []));
  try {
    let startedAt = 0;
    let found: Change[] = [];
    const begin = async (): Promise<Socket[]> => {
      await capture.flush();
      startedAt = micros(Date.now());
      found = tracker.begin(early, startedAt);
      began = true;
      return listeners();
    };
    if (real && scope.kind === "machine") {
      const others = await unfollowed.look(begin);
      found = [...found, ...tracker.begin(others, startedAt)];
      const settled = () => capture.flush().then(listeners);
      unfollowed.repeat(settled, (events) => tell(tracker.add(events)));
    } else await begin();
    tell(asShown(found));
    return {
      host: hostname(),
      filters,
      collector: capture.collector,
      startedAt,
      get degradations() {
        return watchLimits(selection.degradations, capture, filters);
      },
      tally,
      open: () => tracker.open(),
      follow: (receive) => delivery.follow(receive),
      ended: targets.ended,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** One process is followed with what it starts; what that does is left out by the filter. */
function scopeOf([pid, another]: readonly number[]): Scope {
  return pid === undefined || another !== undefined ? { kind: "machine" } : { kind: "process", pid };
}
