import type { AppDocument } from "../../model/documents/applications.ts";
import { countText } from "../run/report-words.ts";

/** Eighths of a block, from an empty one to a full one (Unicode, Block Elements). */
const EIGHTHS = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];
const WIDTH = 40;

/** A bar for each hour of this machine's day in which anything happened at all, by flows. */
export function dayBars(hours: AppDocument["hours"]): string[] {
  const flows = new Array<number>(24).fill(0);
  for (const each of hours) {
    const hour = new Date(each.hour).getHours();
    flows[hour] = (flows[hour] ?? 0) + each.flows + each.failed;
  }
  const most = Math.max(1, ...flows);
  const width = Math.max(...flows.map((count) => countText(count).length));
  return flows.flatMap((count, hour) =>
    count === 0
      ? []
      : [`${String(hour).padStart(2, "0")}:00  ${countText(count).padStart(width)}  ${bar(count / most)}`],
  );
}

/** What is not nothing shows as something. */
function bar(share: number): string {
  const eighths = Math.max(1, Math.round(share * WIDTH * 8));
  return "█".repeat(Math.floor(eighths / 8)) + (eighths % 8 === 0 ? "" : (EIGHTHS[eighths % 8] ?? ""));
}
