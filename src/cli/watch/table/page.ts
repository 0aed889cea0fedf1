import { SORTS } from "../../../app/watch/table.ts";
import type { Watch } from "../../../app/watch/watch.ts";
import { lossLines } from "../../run/report-losses.ts";
import { wrapped } from "../../run/report-style.ts";
import { visible } from "../../visible.ts";
import { gapText } from "../change-words.ts";
import { subjectText } from "../words.ts";

const KEYS: readonly (readonly [string, string])[] = [
  ["s", `sorts by the next of ${SORTS.join(", ")}`],
  ["r", "reverses the order"],
  ["/", "shows only tcp, udp, listening, :PORT, pid:N, app:NAME, user:NAME, unit:NAME; Escape shows all again"],
  ["p", "pauses the table, and goes on"],
  ["arrows", "move; so do Page Up, Page Down, Home and End"],
  ["Ctrl+Z", "stops; the shell's fg goes on"],
  ["q", "ends, and so does Ctrl+C"],
];

/** The page of `?`: the keys, the signs, and what may be missing from the table. */
export function helpPage(watch: Watch, columns: number): string[] {
  const options = { width: columns, colour: false, sanitise: visible };
  const missing = lossLines({ degradations: watch.degradations, gaps: [] }, options);
  const gaps = watch.tally.gaps.flatMap((gap) =>
    wrapped(`May have missed: ${visible(gapText(gap))}.`, columns, "", "  "),
  );
  return [
    ...wrapped(`Watching ${subjectText(watch)} (collector: ${watch.collector}).`, columns, "", "  "),
    "",
    ...KEYS.flatMap(([key, does]) => wrapped(does, columns, `${key.padEnd(7)} `, " ".repeat(8))),
    "",
    ...wrapped("+ is new, - closes or failed, each for two refreshes. A connection is shown until it ends.", columns),
    ...(missing.length + gaps.length === 0 ? [] : ["", ...missing, ...gaps]),
  ];
}
