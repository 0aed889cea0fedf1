import type { LsAnswer } from "../../app/ls.ts";
import { CSV_COLUMNS, type CsvColumnName } from "../../model/documents/socket-columns.ts";
import type { Process } from "../../model/process.ts";
import type { Socket } from "../../model/socket.ts";
import { cell } from "../csv-cell.ts";
import type { Output } from "../output.ts";

/** How much text is gathered before it is written, in characters. */
const CHUNK = 1 << 18;

/** One row per socket with a heading, as RFC 4180 describes; several processes of a socket are joined by `;`. */
export function writeCsv(answer: LsAnswer, output: Output): void {
  let text = `${CSV_COLUMNS.map(({ name }) => name).join(",")}\r\n`;
  for (const socket of answer.snapshot.sockets) {
    let separator = "";
    for (const { name } of CSV_COLUMNS) {
      text += separator + cell(VALUES[name](socket));
      separator = ",";
    }
    text += "\r\n";
    if (text.length > CHUNK) {
      output.write(text);
      text = "";
    }
  }
  output.write(text);
}

const VALUES: { readonly [Name in CsvColumnName]: (socket: Socket) => string | number | undefined } = {
  protocol: ({ protocol }) => protocol,
  state: ({ state }) => state,
  local_address: ({ local }) => local.address,
  local_port: ({ local }) => local.port,
  remote_address: ({ remote }) => remote?.address,
  remote_port: ({ remote }) => remote?.port,
  network_namespace: ({ networkNamespace }) => networkNamespace,
  application: ({ application }) => application,
  pids: ({ processes }) => joined(processes, ({ pid }) => pid),
  names: ({ processes }) => joined(processes, ({ name }) => name),
  executables: ({ processes }) => joined(processes, ({ executable }) => executable),
  users: ({ processes }) => joined(processes, ({ user, uid }) => user ?? uid),
  units: ({ processes }) => joined(processes, ({ unit }) => unit),
  evidence: ({ evidence }) => evidence.source,
};

/** What is known of every process, in one order for all columns; what is unknown of one stays an empty place. */
export function joined(
  processes: Process[],
  value: (process: Process) => string | number | undefined,
): string | number | undefined {
  const only = processes[0];
  if (only === undefined || processes.length === 1) return only && value(only);
  const values = processes.map((process) => value(process) ?? "");
  return values.every((each) => each === "") ? "" : values.join(";");
}
