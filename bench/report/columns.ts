import type { Table } from "../row.ts";

/** A column's cells as text, whether they are figures, and the longest cell's length, its heading included. */
export type Column = { heading: string; cells: string[]; figures: boolean; width: number };

/** The table by columns. */
export function columnsOf({ columns, rows }: Table): Column[] {
  return columns.map((heading, index) => {
    const cells = rows.map((row) => String(row[index] ?? ""));
    const filled = cells.filter((cell) => cell !== "");
    const figures = filled.length > 0 && filled.every((cell) => /^[\d.]+$/.test(cell));
    return { heading, cells, figures, width: Math.max(heading.length, ...cells.map((cell) => cell.length)) };
  });
}
