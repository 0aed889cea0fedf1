import type { RecordBatch } from "../../model/record.ts";
import { isoTime } from "../../model/time.ts";
import type { Tell } from "./notice.ts";

/** Tells of a batch what whoever looks after the recorder wants to know: gaps, losses, and that the clock was set. */
export function tellOf({ gaps = [], clockSteps = [] }: RecordBatch, tell: Tell): void {
  for (const { from, until, reason, lost } of gaps) {
    const fields = { from: isoTime(from), until: isoTime(until), reason, ...(lost !== undefined && { lost }) };
    const text = `${reason}${lost === undefined ? "" : ` (${lost})`}, from ${fields.from} until ${fields.until}`;
    if (lost === undefined) tell({ event: "gap", level: "info", text, fields });
    else tell({ event: "loss", level: "warn", text, fields });
  }
  for (const { before, after } of clockSteps) {
    const fields = { before: isoTime(before), after: isoTime(after) };
    tell({
      event: "clock-step",
      level: "warn",
      text: `the clock was set from ${fields.before} to ${fields.after}`,
      fields,
    });
  }
}
