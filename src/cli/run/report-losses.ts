import type { Degradation } from "../../model/gap.ts";
import type { Profile, ProfileGap } from "../../model/profile.ts";
import { displayWidth } from "../width.ts";
import { type ReportOptions, styled, wrapped } from "./report-style.ts";
import { ROWS } from "./report-table.ts";
import { counted, durationText } from "./report-words.ts";

const FIRST = 3;

/**
 * What was left out or missed: the first lines of whatever was observed. The first of all says what was lost and the one command that brings
 * it, where there is one. Empty when nothing was lost.
 */
export function lossLines(profile: Pick<Profile, "degradations" | "gaps">, options: ReportOptions): string[] {
  const { sanitise, width } = options;
  const byReason = Map.groupBy(profile.gaps, (gap) => gap.reason);
  const gaps = [...byReason].map(([reason, of]) => `Missed: ${sanitise(reasonText(reason))}${lostText(of)}.`);
  const shown =
    gaps.length > FIRST ? [...gaps.slice(0, FIRST), `Missed: ${gaps.length - FIRST} more, see GAPS below.`] : gaps;
  const byRemedy = Map.groupBy(profile.degradations, (degradation) => degradation.remedy);
  const without = byRemedy.get(undefined);
  byRemedy.delete(undefined);
  const lines = [
    ...[...byRemedy].flatMap(([remedy = "", of]) => remediable(of, remedy, options)),
    ...shown.flatMap((text) => wrapped(text, width, "", "  ")),
    ...(without === undefined ? [] : wrapped(`Left out: ${whole(without, options)}.`, width, "", "  ")),
  ];
  return lines.map((line) => styled(line, "yellow", options));
}

/** The parts that `remedy` brings, in as many words as fit beside it in one line; below that what the line leaves out. */
function remediable(of: Degradation[], remedy: string, options: ReportOptions): string[] {
  const parts = of.map(({ what }) => options.sanitise(what.split(": ", 1)[0] ?? what));
  const more = parts.length > 1 ? ` and ${counted(parts.length - 1, "other part", "other parts")}` : "";
  const heads = [parts.join(", "), `${parts[0]}${more}`, counted(parts.length, "part")];
  const lines = heads.map((head) => `Left out: ${head}; to get it: ${options.sanitise(remedy)}`);
  const fits = (line: string) => options.width === undefined || displayWidth(line) <= options.width;
  const first = lines.find(fits) ?? `Left out: ${counted(parts.length, "part")}. To get it:`;
  const own = first.endsWith(":") ? [`  ${options.sanitise(remedy)}`] : [];
  const said = first === lines[0] && of.every(({ what }, index) => options.sanitise(what) === parts[index]);
  return [first, ...own, ...(said ? [] : wrapped(`${whole(of, options)}.`, options.width, "  "))];
}

function whole(of: Degradation[], { sanitise }: ReportOptions): string {
  return of.map(({ what }) => sanitise(what)).join("; ");
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
