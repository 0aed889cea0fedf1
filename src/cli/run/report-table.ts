import { displayWidth, fitted, padded } from "../width.ts";
import { type ReportOptions, styled, wrapped } from "./report-style.ts";

/** One row: what it is about, the figures, who did it; `below` are explanations under it. */
export type ReportRow = { subject: string; figures: string[]; owner: string; below?: string[] };

export type ReportTable = { headings: { subject: string; figures: string[]; owner: string }; rows: ReportRow[] };

/** How many rows are printed before the rest is only counted. */
export const ROWS = 20;

const GAP = "  ";
const OWNER_COLUMNS = 18;
const BELOW = "      ";

/**
 * The table's lines. Figures never yield; the owner is cut to what is left; a subject that does not fit stands on a
 * line of its own, because an address cut in half answers nothing.
 */
export function tableLines(table: ReportTable, options: ReportOptions): string[] {
  const { headings, rows } = table;
  const shown = rows.slice(0, ROWS);
  const all = [headings, ...shown];
  const figures = headings.figures.map((_, i) => Math.max(...all.map((row) => displayWidth(row.figures[i] ?? ""))));
  const fixed = figures.reduce((sum, width) => sum + width + GAP.length, GAP.length);
  const naturalOwner = Math.max(...all.map((row) => displayWidth(row.owner)));
  const naturalSubject = Math.max(...all.map((row) => displayWidth(row.subject)));
  const room = options.width === undefined ? undefined : options.width - fixed;
  const owner =
    room === undefined ? naturalOwner : Math.min(naturalOwner, Math.max(OWNER_COLUMNS, room - naturalSubject));
  const subject = room === undefined ? naturalSubject : Math.min(naturalSubject, Math.max(10, room - owner));
  const line = (row: ReportRow | ReportTable["headings"], text: string) =>
    `${padded(text, subject)}${row.figures.map((cell, i) => GAP + padStart(cell, figures[i] ?? 0)).join("")}${GAP}${fitted(
      row.owner,
      owner,
    )}`.trimEnd();
  const lines = [styled(line(headings, headings.subject), "bold", options)];
  for (const row of shown) {
    const fits = displayWidth(row.subject) <= subject;
    lines.push(...(fits ? [line(row, row.subject)] : [row.subject, line(row, "")]));
    for (const text of row.below ?? []) {
      for (const below of wrapped(text, options.width, BELOW, `${BELOW}  `)) lines.push(styled(below, "dim", options));
    }
  }
  if (rows.length > ROWS) lines.push(styled(`… and ${rows.length - ROWS} more (--json has all)`, "dim", options));
  return lines;
}

function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - displayWidth(text))) + text;
}
