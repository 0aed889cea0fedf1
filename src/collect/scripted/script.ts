import type { CollectorEvent } from "../../model/event.ts";
import type { Degradation } from "../../model/gap.ts";
import type { Snapshot } from "../../model/socket.ts";

/** One step of a made-up world: a batch of events, or a point at which the world waits until it is told to go on. */
export type Step = { events: CollectorEvent[] } | { wait: string };

/** A made-up world: what snapshots show, one after the other (the last one stays), and what happens while captured. */
export type Script = {
  snapshots?: Snapshot[];
  steps?: Step[];
  degradations?: Degradation[];
};
