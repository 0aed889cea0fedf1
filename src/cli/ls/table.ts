import type { LsAnswer } from "../../app/ls.ts";
import { TABLE_COLUMNS } from "../../model/documents/socket-columns.ts";
import type { Socket } from "../../model/socket.ts";
import type { Output } from "../output.ts";
import { fitted, padded } from "../width.ts";
import { createDetails } from "./details.ts";
import { endpointPadded } from "./endpoint-cell.ts";
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
  const natural = naturalWidths(sockets, ownerOf);
  const widths = output.columns === undefined ? natural : fittingWidths(natural, output.columns);
  const details = verbose ? createDetails(sockets, output.columns) : undefined;
  let text = heading(widths, output.colour);
  for (const socket of sockets) {
    text += row(socket, ownerOf(socket), widths);
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

function row({ protocol, state, local, remote }: Socket, owner: Owner, widths: Widths): string {
  const start =
    `${protocol.padEnd(widths.proto)}  ${state.padEnd(widths.state)}  ` +
    `${endpointPadded(local, widths.local)}  ` +
    `${remote === undefined ? "-".padEnd(widths.remote) : endpointPadded(remote, widths.remote)}  `;
  const { pid } = owner;
  if (pid.length <= widths.pid) return `${start}${pid.padEnd(widths.pid)}  ${holder(owner, widths)}\n`;
  const [first = "", ...rest] = pidLines(pid, widths.pid);
  const indent = " ".repeat(widths.proto + widths.state + widths.local + widths.remote + 8);
  const further = rest.map((line) => `${indent}${line}\n`).join("");
  return `${start}${first.padEnd(widths.pid)}  ${holder(owner, widths)}\n${further}`;
}

function holder({ application, user }: Owner, widths: Widths): string {
  const name = fitted(application, widths.application);
  return widths.user === 0 ? name : `${padded(name, widths.application)}  ${fitted(user, widths.user)}`;
}
