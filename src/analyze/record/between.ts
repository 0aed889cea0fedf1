import type { Gap } from "../../model/gap.ts";
import type { RecorderLife } from "../../model/record.ts";
import type { Micros } from "../../model/time.ts";

/** The gap between the recorder before and this one, which is `ready`; none where the record is new. */
export function gapBetween(
  before: RecorderLife | undefined,
  ready: Micros,
  bootId: string | undefined,
): Gap | undefined {
  if (before === undefined) return undefined;
  const reason = `no recorder ran: ${why(before, bootId)}`;
  if (before.until <= ready) return { from: before.until, until: ready, reason };
  return { from: ready, until: ready, reason: `${reason}; for how long is not known, since the clock was set back` };
}

function why({ ended, bootId: bootBefore }: RecorderLife, bootId: string | undefined): string {
  const restarted = bootId !== undefined && bootBefore !== undefined && bootId !== bootBefore;
  if (restarted)
    return ended ? "the machine was restarted" : "it ended without a goodbye, and the machine was restarted since";
  return ended ? "it had been stopped" : "it ended without a goodbye";
}
