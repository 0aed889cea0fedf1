import { TABLE_COLUMNS, TABLE_YIELDS, type TableColumnName } from "../../model/documents/socket-columns.ts";
import { displayWidth } from "../width.ts";

export type Row = { readonly [Name in TableColumnName]: string };
export type Widths = { [Name in TableColumnName]: number };

/** Blanks between two columns. */
export const SPACING = 2;

/** How wide each column has to be for `rows` and the headings. */
export function naturalWidths(rows: readonly Row[]): Widths {
  let [proto, state, local, remote, pid, application, user] = TABLE_COLUMNS.map(({ name }) => name.length);
  proto ??= 0;
  state ??= 0;
  local ??= 0;
  remote ??= 0;
  pid ??= 0;
  application ??= 0;
  user ??= 0;
  for (const row of rows) {
    if (row.proto.length > proto) proto = row.proto.length;
    if (row.state.length > state) state = row.state.length;
    if (row.local.length > local) local = row.local.length;
    if (row.remote.length > remote) remote = row.remote.length;
    if (row.pid.length > pid) pid = row.pid.length;
    application = Math.max(application, displayWidth(row.application));
    user = Math.max(user, displayWidth(row.user));
  }
  return { proto, state, local, remote, pid, application, user };
}

/** `widths` after its columns have yielded, in the order that the model decides, until a line fits `limit` columns. */
export function fittingWidths(widths: Widths, limit: number): Widths {
  const fitting = { ...widths };
  for (const { column, to } of TABLE_YIELDS) {
    const excess = lineWidth(fitting) - limit;
    if (excess <= 0) break;
    if (to === 0) fitting[column] = 0;
    else if (fitting[column] > to) fitting[column] = Math.max(to, fitting[column] - excess);
  }
  return fitting;
}

function lineWidth(widths: Widths): number {
  let width = -SPACING;
  for (const { name } of TABLE_COLUMNS) if (widths[name] > 0) width += widths[name] + SPACING;
  return width;
}
