import type { Watch } from "../../app/watch/watch.ts";
import { counted, countText, durationText } from "../run/report-words.ts";
import { visible } from "../visible.ts";
import { gapText } from "./change-words.ts";
import type { Reason } from "./ending.ts";

/** What is watched: the filter words, or everything. */
export function subjectText({ filters }: Pick<Watch, "filters">): string {
  return filters.length === 0 ? "everything" : filters.map(visible).join(" ");
}

/** That the watch has begun, as a sentence. */
export function watchingText(watch: Watch): string {
  const { found } = watch.tally;
  const state = found === 0 ? "nothing is open there now" : `${counted(found, "socket")} open now`;
  return `watching ${subjectText(watch)} (collector: ${watch.collector}): ${state}`;
}

/** How the watch went, after so many seconds; what may have been missed is said last. */
export function summaryText(watch: Watch, seconds: number): string {
  const { opened, closed, failed, gaps } = watch.tally;
  const counts = `${countText(opened)} opened, ${countText(closed)} closed, ${countText(failed)} failed`;
  const missed =
    gaps.length === 0
      ? "Complete: nothing was lost."
      : `May have missed: ${gaps.map((gap) => visible(gapText(gap))).join("; ")}.`;
  return `Watched ${subjectText(watch)} for ${durationText(seconds)} (collector: ${watch.collector}): ${counts}. ${missed}`;
}

/** Why the watch ended, where nobody asked for it: a line, or none. */
export function endText(reason: Reason, filters: readonly string[]): string[] {
  if (reason !== "process") return [];
  const pids = filters.flatMap((word) => (word.startsWith("pid:") ? [word.slice("pid:".length)] : []));
  return [pids.length === 1 ? `Process ${pids[0]} has ended.` : `Processes ${pids.join(", ")} have ended.`];
}
