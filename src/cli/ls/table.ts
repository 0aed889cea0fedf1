import type { LsAnswer } from "../../app/ls.ts";
import { TABLE_COLUMNS } from "../../model/documents/socket-columns.ts";
import type { Socket } from "../../model/socket.ts";
import type { Output } from "../output.ts";
import { fitted, padded } from "../width.ts";
import { createDetails } from "./details.ts";
import { createEndpointCells, type EndpointCells } from "./endpoint-cell.ts";
import { createOwners, type Owner } from "./owner.ts";
import { pidLines } from "./pid-lines.ts";
import { fittingWidths, naturalWidths, type Widths } from "./widths.ts";

/** How much text is gathered before it is written, in characters. */
const CHUNK = 1 << 18;

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
  const ownerOf = createOwners();
  const endpoints = createEndpointCells();
  const natural = naturalWidths(sockets, ownerOf, endpoints);
  const widths = output.columns === undefined ? natural : fittingWidths(natural, output.columns);
  const details = verbose ? createDetails(sockets, output.columns) : undefined;
  const row = createRows(widths, endpoints);
  let text = heading(widths, output.colour);
  for (const socket of sockets) {
    text += row(socket, ownerOf(socket));
    if (details) text += details(socket);
    if (text.length > CHUNK) {
      output.write(text);
      text = "";
    }
  }
  output.write(text);
}

function heading(widths: Widths, colour: boolean): string {
  let line = "";
  for (const { name } of TABLE_COLUMNS)
    if (widths[name] > 0) line += `${padded(fitted(name.toUpperCase(), widths[name]), widths[name])}  `;
  const text = line.trimEnd();
  return colour ? `\x1b[1m${text}\x1b[22m\n` : `${text}\n`;
}

/** Writes a socket as a row; remembers how rows begin and end, because most of them do alike. */
function createRows(widths: Widths, endpoints: EndpointCells): (socket: Socket, owner: Owner) => string {
  const starts = new Map<string, string>();
  const startOf = (protocol: string, state: string) => {
    const start = `${protocol.padEnd(widths.proto)}  ${state.padEnd(widths.state)}  `;
    starts.set(state, start);
    return start;
  };
  const ends = new Map<Owner, string>();
  const endOf = (owner: Owner) => {
    const end = rowEnd(owner, widths);
    ends.set(owner, end);
    return end;
  };
  const noRemote = `${"-".padEnd(widths.remote)}  `;
  return (socket, owner) => {
    const { protocol, state, local, remote } = socket;
    // No state belongs to both protocols.
    const start = starts.get(state) ?? startOf(protocol, state);
    const far = remote === undefined ? noRemote : `${endpoints.padded(remote, widths.remote)}  `;
    return `${start}${endpoints.padded(local, widths.local)}  ${far}${ends.get(owner) ?? endOf(owner)}`;
  };
}

/** The row from its pid on. Pids that do not fit go on in the lines below. */
function rowEnd(owner: Owner, widths: Widths): string {
  const { pid } = owner;
  if (pid.length <= widths.pid) return `${pid.padEnd(widths.pid)}  ${holder(owner, widths)}\n`;
  const [first = "", ...rest] = pidLines(pid, widths.pid);
  const indent = " ".repeat(widths.proto + widths.state + widths.local + widths.remote + 8);
  const further = rest.map((line) => `${indent}${line}\n`).join("");
  return `${first.padEnd(widths.pid)}  ${holder(owner, widths)}\n${further}`;
}

function holder({ application, user }: Owner, widths: Widths): string {
  const name = fitted(application, widths.application);
  return widths.user === 0 ? name : `${padded(name, widths.application)}  ${fitted(user, widths.user)}`;
}
