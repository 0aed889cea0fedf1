import { type Change, isSocketChange, type SocketChange } from "../../model/change.ts";
import { secondsOf } from "../../model/change-document.ts";
import { EVENT_CSV_COLUMNS } from "../../model/documents/event.ts";
import type { Process } from "../../model/process.ts";
import { isoTime } from "../../model/time.ts";
import { cell } from "../csv-cell.ts";
import { joined } from "../ls/csv.ts";

type ColumnName = (typeof EVENT_CSV_COLUMNS)[number]["name"];
type Value = string | number | undefined;

/** The line of headings (RFC 4180). */
export function csvHeading(): string {
  return `${EVENT_CSV_COLUMNS.map(({ name }) => name).join(",")}\r\n`;
}

/** A change as a row. */
export function csvRow(change: Change): string {
  const values = valuesOf(change);
  return `${EVENT_CSV_COLUMNS.map(({ name }) => cell(values[name])).join(",")}\r\n`;
}

function valuesOf(change: Change): { [Name in ColumnName]?: Value } {
  const head = { at: isoTime(change.at), event: change.event };
  if (change.event === "gap") return { ...head, gap: change.gap.reason, lost: change.gap.lost };
  if (isSocketChange(change)) return { ...head, ...socketValues(change), ...holders(change.socket.processes) };
  return { ...head, application: change.application, ...holders([change.process]) };
}

function socketValues(change: SocketChange): { [Name in ColumnName]?: Value } {
  const { socket, event } = change;
  return {
    socket: change.id,
    protocol: socket.protocol,
    state: event === "failed" || event === "bind-failed" ? undefined : socket.state,
    local_address: socket.local.address,
    local_port: socket.local.port,
    remote_address: socket.remote?.address,
    remote_port: socket.remote?.port,
    network_namespace: socket.networkNamespace || undefined,
    application: socket.application,
    evidence: socket.evidence.source,
    error: change.error,
    bytes_in: change.bytesIn,
    bytes_out: change.bytesOut,
    duration_seconds: secondsOf(change),
  };
}

function holders(processes: Process[]): { [Name in ColumnName]?: Value } {
  return {
    pids: joined(processes, ({ pid }) => pid),
    names: joined(processes, ({ name }) => name),
    executables: joined(processes, ({ executable }) => executable),
    users: joined(processes, ({ user, uid }) => user ?? uid),
    units: joined(processes, ({ unit }) => unit),
  };
}
