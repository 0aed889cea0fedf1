import type { LsAnswer } from "../../app/ls.ts";
import { TABLE_COLUMNS } from "../../model/documents/socket-columns.ts";
import { endpointText } from "../../model/endpoint.ts";
import type { Socket } from "../../model/socket.ts";
import type { Output } from "../output.ts";
import { visible } from "../visible.ts";
import { fitted, padded } from "../width.ts";
import { createDetails } from "./details.ts";
import { endpointCell, pidLines } from "./endpoint-cell.ts";
import { createOwners, type Owner } from "./owner.ts";
import { fittingWidths, naturalWidths, type Row, type Widths } from "./widths.ts";

/** How much text is gathered before it is written, in characters. */
const CHUNK = 1 << 20;

/**
 * The sockets as a table. On a terminal each line fits its width; elsewhere nothing is cut and every socket is one line
 * (with `verbose` followed by indented ones).
 */
export function writeTable(answer: LsAnswer, output: Output, { verbose }: { verbose: boolean }): void {
  const { sockets } = answer.snapshot;
  if (sockets.length === 0) {
    output.write("no socket found\n");
    return;
  }
  const owners = createOwners();
  const rows = sockets.map((socket) => rowOf(socket, owners(socket)));
  const natural = naturalWidths(rows);
  const widths = output.columns === undefined ? natural : fittingWidths(natural, output.columns);
  const details = verbose ? createDetails(sockets, output.columns) : undefined;
  let text = heading(widths, output.colour);
  for (let index = 0; index < rows.length; index++) {
    const [row, socket] = [rows[index], sockets[index]];
    if (row === undefined || socket === undefined) continue;
    text += rowText(row, widths);
    if (details) text += details(socket);
    if (text.length > CHUNK) {
      output.write(text);
      text = "";
    }
  }
  output.write(text);
}

function rowOf(socket: Socket, owner: Owner): Row {
  const { protocol, state, local, remote } = socket;
  return {
    proto: protocol,
    state,
    local: visible(endpointText(local)),
    remote: remote === undefined ? "-" : visible(endpointText(remote)),
    pid: owner.pid,
    application: owner.application,
    user: owner.user,
  };
}

function heading(widths: Widths, colour: boolean): string {
  let line = "";
  for (const { name } of TABLE_COLUMNS) if (widths[name] > 0) line += `${name.toUpperCase().padEnd(widths[name])}  `;
  const text = line.trimEnd();
  return colour ? `\x1b[1m${text}\x1b[22m\n` : `${text}\n`;
}

function rowText(row: Row, widths: Widths): string {
  const start =
    `${row.proto.padEnd(widths.proto)}  ${row.state.padEnd(widths.state)}  ` +
    `${endpointCell(row.local, widths.local).padEnd(widths.local)}  ` +
    `${endpointCell(row.remote, widths.remote).padEnd(widths.remote)}  `;
  const end = ownerText(row, widths);
  if (row.pid.length <= widths.pid) return `${start}${row.pid.padEnd(widths.pid)}  ${end}\n`;
  const [first = "", ...rest] = pidLines(row.pid, widths.pid);
  const indent = " ".repeat(start.length);
  return `${start}${first.padEnd(widths.pid)}  ${end}\n${rest.map((line) => `${indent}${line}\n`).join("")}`;
}

function ownerText({ application, user }: Row, widths: Widths): string {
  const name = fitted(application, widths.application);
  return widths.user === 0 ? name : `${padded(name, widths.application)}  ${fitted(user, widths.user)}`;
}
