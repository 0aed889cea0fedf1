import type { Table, Verdict } from "../row.ts";
import { type Column, columnsOf } from "./columns.ts";
import type { RowRecord } from "./record.ts";

/** A row as a person reads it on a terminal. */
export function rowText(row: RowRecord): string {
  const parts = [`\n${row.name}: ${row.title}`];
  for (const table of row.tables) parts.push(`\n  ${table.title}`, aligned(table));
  if (row.notes.length > 0) parts.push("", ...row.notes.map((note) => `  ${note}`));
  if (row.failure !== undefined) parts.push("", `  FAILED: ${row.failure}`);
  if (row.verdicts.length > 0) parts.push("", ...row.verdicts.map((verdict) => `  ${verdictText(verdict)}`));
  return `${parts.join("\n")}\n`;
}

/** "claim: 0.27 (at most 0.6): reached" */
function verdictText(verdict: Verdict): string {
  const { claim, target, measured, note } = verdict;
  return `${claim}: ${measured ?? "-"} (${target}): ${outcome(verdict)}${note === undefined ? "" : `, ${note}`}`;
}

/** One or two words for the table of targets. */
export function outcome({ reached, measured }: Verdict): string {
  if (reached) return "reached";
  return measured === undefined ? "NOT MEASURED" : "MISSED";
}

function aligned(table: Table): string {
  const columns = columnsOf(table);
  const pad = ({ figures, width }: Column, text: string) => (figures ? text.padStart(width) : text.padEnd(width));
  const lines = [columns.map((column) => pad(column, column.heading))];
  table.rows.forEach((_, row) => {
    lines.push(columns.map((column) => pad(column, column.cells[row] ?? "")));
  });
  return lines.map((cells) => `  ${cells.join("  ")}`.trimEnd()).join("\n");
}
