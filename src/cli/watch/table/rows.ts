import type { Order, Row, Sort } from "../../../app/watch/table.ts";
import { LIVE_YIELDS, TABLE_COLUMNS, type TableColumnName } from "../../../model/documents/socket-columns.ts";
import { isListener } from "../../../model/socket.ts";
import { createEndpointCells, type EndpointCells } from "../../ls/endpoint-cell.ts";
import { createOwners, type Owner } from "../../ls/owner.ts";
import { fittingWidths, naturalWidths, regrown, type Widths } from "../../ls/widths.ts";
import { fitted, padded } from "../../width.ts";

/** A line of the table, and how it is pointed out. */
export type RowLine = { text: string; mark: Row["mark"] };

/** Columns that the sign in front takes: + is new, - closes. */
const SIGN = 2;
const SIGNS = { new: "+ ", closing: "- " };

/**
 * Draws rows of the table below a heading, each in one line of at most `columns`. Columns only grow, so that the table does
 * not jump; `forget` lets them shrink.
 */
export function createRowLines() {
  let widest: Widths | undefined;
  return {
    draw(rows: readonly Row[], order: Order, columns: number): { heading: string; lines: RowLine[] } {
      const endpoints = createEndpointCells();
      const ownerOf = createOwners();
      const natural = naturalWidths(
        rows.map(({ socket }) => socket),
        ownerOf,
        endpoints,
      );
      for (const { state } of rows) natural.state = Math.max(natural.state, state.length);
      widest = widest === undefined ? natural : wider(widest, natural);
      const room = columns - SIGN;
      const widths = regrown(fittingWidths(widest, room, LIVE_YIELDS), widest, room);
      const lines = rows.map((row) => ({ text: line(row, ownerOf(row.socket), widths, endpoints), mark: row.mark }));
      return { heading: heading(widths, order), lines };
    },
    forget(): void {
      widest = undefined;
    },
  };
}

function wider(a: Widths, b: Widths): Widths {
  const names = TABLE_COLUMNS.map(({ name }) => name);
  return Object.fromEntries(names.map((name) => [name, Math.max(a[name], b[name])])) as Widths;
}

const SORTED_COLUMNS: Partial<Record<Sort, TableColumnName>> = {
  state: "state",
  local: "local",
  remote: "remote",
  pid: "pid",
  application: "application",
  user: "user",
};

/** The column that the rows are sorted by has an arrow, where there is room for one. */
function heading(widths: Widths, { by, reversed }: Order): string {
  const arrow = reversed ? "▲" : "▼";
  const cells = TABLE_COLUMNS.flatMap(({ name }) => {
    const width = widths[name];
    if (width === 0) return [];
    const sorted = name === SORTED_COLUMNS[by] && width > name.length;
    return [padded(fitted(name.toUpperCase() + (sorted ? arrow : ""), width), width)];
  });
  return `${" ".repeat(SIGN)}${cells.join("  ")}`.trimEnd();
}

function line({ socket, state, mark }: Row, owner: Owner, widths: Widths, endpoints: EndpointCells): string {
  const { protocol, local, remote } = socket;
  // A datagram's peer is somebody, also where it could not be learned.
  const none = isListener(socket) ? "-" : "?";
  const cells: Record<TableColumnName, (width: number) => string> = {
    proto: (width) => protocol.padEnd(width),
    state: (width) => padded(fitted(state, width), width),
    local: (width) => endpoints.padded(local, width),
    remote: (width) => (remote === undefined ? none.padEnd(width) : endpoints.padded(remote, width)),
    pid: (width) => padded(fitted(owner.pid, width), width),
    application: (width) => padded(fitted(owner.application, width), width),
    user: (width) => fitted(owner.user, width),
  };
  const shown = TABLE_COLUMNS.flatMap(({ name }) => (widths[name] === 0 ? [] : [cells[name](widths[name])]));
  return `${mark === undefined ? "  " : SIGNS[mark]}${shown.join("  ")}`.trimEnd();
}
