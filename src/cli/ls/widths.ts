import { TABLE_COLUMNS, TABLE_YIELDS, type TableColumnName } from "../../model/documents/socket-columns.ts";
import type { Socket } from "../../model/socket.ts";
import { displayWidth } from "../width.ts";
import type { EndpointCells } from "./endpoint-cell.ts";
import type { Owner } from "./owner.ts";

export type Widths = { [Name in TableColumnName]: number };

/** Blanks between two columns. */
const SPACING = 2;

/** How wide each column has to be for `sockets` and the headings, nothing cut. */
export function naturalWidths(
  sockets: readonly Socket[],
  ownerOf: (socket: Socket) => Owner,
  endpoints: EndpointCells,
): Widths {
  const widths = headingWidths();
  let { state, local, remote } = widths;
  const owners = new Set<Owner>();
  let last: Owner | undefined;
  for (const socket of sockets) {
    if (socket.state.length > state) state = socket.state.length;
    const near = endpoints.width(socket.local);
    if (near > local) local = near;
    const far = socket.remote === undefined ? 0 : endpoints.width(socket.remote);
    if (far > remote) remote = far;
    const owner = ownerOf(socket);
    if (owner !== last) owners.add(owner);
    last = owner;
  }
  for (const { pid, application, user } of owners) {
    widths.pid = Math.max(widths.pid, pid.length);
    widths.application = Math.max(widths.application, displayWidth(application));
    widths.user = Math.max(widths.user, displayWidth(user));
  }
  return { ...widths, state, local, remote };
}

function headingWidths(): Widths {
  return Object.fromEntries(TABLE_COLUMNS.map(({ name }) => [name, name.length])) as Widths;
}

/** `widths` after its columns have yielded, in the order that the model decides, until a line fits `limit` columns. */
export function fittingWidths(widths: Widths, limit: number, yields = TABLE_YIELDS): Widths {
  const fitting = { ...widths };
  for (const { column, to } of yields) {
    const excess = lineWidth(fitting) - limit;
    if (excess <= 0) break;
    if (to === 0) fitting[column] = 0;
    else if (fitting[column] > to) fitting[column] = Math.max(to, fitting[column] - excess);
  }
  return fitting;
}

/** `fitting`, a row of `limit` columns, with what is left of them given back to columns that were cut. */
export function regrown(fitting: Widths, natural: Widths, limit: number): Widths {
  const grown = { ...fitting };
  for (const name of ["application", "local", "remote", "user"] as const) {
    if (grown[name] > 0) grown[name] = Math.min(natural[name], grown[name] + Math.max(0, limit - lineWidth(grown)));
  }
  return grown;
}

function lineWidth(widths: Widths): number {
  let width = -SPACING;
  for (const { name } of TABLE_COLUMNS) if (widths[name] > 0) width += widths[name] + SPACING;
  return width;
}
