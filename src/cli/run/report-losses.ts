import type { Profile, ProfileGap } from "../../model/profile.ts";
import { type ReportOptions, styled, wrapped } from "./report-style.ts";
import { ROWS } from "./report-table.ts";
import { counted, durationText } from "./report-words.ts";

const FIRST = 3;

/** What was missed or left out, and the command that brings it: a report's first lines. Empty when nothing was. */
export function lossLines(profile: Profile, options: ReportOptions): string[] {
  const { sanitise, width } = options;
  const byReason = Map.groupBy(profile.gaps, (gap) => gap.reason);
  const gaps = [...byReason].map(([reason, of]) => `Missed: ${sanitise(reasonText(reason))}${lostText(of)}.`);
  const shown =
    gaps.length > FIRST ? [...gaps.slice(0, FIRST), `Missed: ${gaps.length - FIRST} more, see GAPS below.`] : gaps;
  const lines = shown.flatMap((text) => wrapped(text, width, "", "  "));
  for (const [remedy, of] of Map.groupBy(profile.degradations, (degradation) => degradation.remedy)) {
    const what = of.map((degradation) => sanitise(degradation.what)).join("; ");
    lines.push(...wrapped(`Left out: ${what}.`, width, "", "  "));
    if (remedy !== undefined) lines.push(`  To get it: ${sanitise(remedy)}`);
  }
  return lines.map((line) => styled(line, "yellow", options));
}

/** Every gap with its time, counted from the start. */
export function gapLines(profile: Profile, options: ReportOptions): string[] {
  const start = Date.parse(profile.startedAt);
  const lines = profile.gaps.slice(0, ROWS).flatMap((gap) => {
    const text = `${momentText(gap, start)}: ${options.sanitise(reasonText(gap.reason))}${lostText([gap])}`;
    return wrapped(text, options.width, "", "  ");
  });
  const more = profile.gaps.length - ROWS;
  if (more > 0) lines.push(styled(`… and ${more} more (--json has all)`, "dim", options));
  return [styled("GAPS", "bold", options), ...lines];
}

/** The contract's words for a late start, for people. */
function reasonText(reason: string): string {
  return reason === "joined late" ? "what happened before Portolan joined" : reason;
}

function momentText(gap: ProfileGap, start: number): string {
  const [from, until] = [(Date.parse(gap.from) - start) / 1000, (Date.parse(gap.until) - start) / 1000];
  if (until <= 0) return "before the start";
  return `${durationText(Math.max(0, from))} to ${durationText(until)}`;
}

function lostText(gaps: ProfileGap[]): string {
  const known = gaps.map((gap) => gap.lost).filter((lost) => lost !== undefined);
  if (known.length === 0) return "";
  const lost = known.reduce((sum, one) => sum + one, 0);
  return ` (${known.length < gaps.length ? "at least " : ""}${counted(lost, "event")} lost)`;
}
