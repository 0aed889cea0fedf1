import { visible } from "./visible.ts";

const QUOTED = /[",]/;
/** A spreadsheet takes a cell that begins like this for a formula, and what others chose is among the values. */
const FORMULA = /^[=+\-@]/;

/** A value as a cell of CSV (RFC 4180): without what a terminal would obey or a spreadsheet run; nothing where it is unknown. */
export function cell(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const shown = visible(value);
  const safe = FORMULA.test(shown) ? `'${shown}` : shown;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
