import { PROCESS_EVENTS, SOCKET_EVENTS } from "../change.ts";
import type { DocumentDefinition, DocumentOf, Fields } from "./field.ts";
import { COLLECTOR, DEGRADATIONS, GAP, GAPS, HOST, PROCESS } from "./shared.ts";
import { SOCKET } from "./snapshot.ts";
import type { Column } from "./socket-columns.ts";

/** One thing that happened, as every output of `watch` states it. */
const EVENT = {
  at: {
    type: "time",
    text: "When it happened. Lines come when it is learned, which for what stays open may be a second later.",
  },
  event: {
    type: [...SOCKET_EVENTS, ...PROCESS_EVENTS, "gap"] as const,
    text: "What happened: open (was open when the watch began), listen, attempt (a connection is being tried), outbound and inbound (a connection came to be, or a UDP exchange began), traffic (it carried more; only with -v), close, failed (the attempt never came to be), bind-failed, process (one uses a port for the first time; only with -v), exit (such a process ended; only with -v), gap (something may have been missed).",
  },
  socket: {
    type: "string",
    text: "Names the socket within this watch: lines about the same one state the same. Absent where it is not about a socket.",
    optional: true,
  },
  protocol: { ...SOCKET.protocol, optional: true },
  state: {
    ...SOCKET.state,
    text: "State that it is in by then, in the words of ls; of what closed, the state before. Absent of what failed.",
    optional: true,
  },
  local: { ...SOCKET.local, optional: true },
  remote: {
    ...SOCKET.remote,
    text: "The peer's end; absent for listeners, and where a datagram's peer could not be learned.",
  },
  networkNamespace: { ...SOCKET.networkNamespace, optional: true },
  application: SOCKET.application,
  processes: {
    type: { list: { fields: PROCESS } },
    text: "Every process that holds the socket; or the process that it is about.",
    optional: true,
  },
  evidence: SOCKET.evidence,
  direction: { type: ["inbound", "outbound"], text: "Who began it, seen from this machine.", optional: true },
  startedAt: { type: "time", text: "When it began; absent where it was found open.", optional: true },
  durationSeconds: {
    type: "number",
    text: "Of what closed or failed: how long it lasted; absent where it was found open.",
    unit: "seconds",
    optional: true,
  },
  portChosenBy: {
    type: ["application", "system"],
    text: "Whether a listener's program asked for its port or took what the system gave; absent where the bind was not seen.",
    optional: true,
  },
  error: { type: "string", text: "Why it failed, as errno names it.", optional: true },
  bytesIn: {
    type: "integer",
    text: "Payload received: of close all, or since it was found; of traffic what was added.",
    unit: "bytes",
    optional: true,
  },
  bytesOut: { type: "integer", text: "Payload sent, likewise.", unit: "bytes", optional: true },
  callers: {
    type: { list: "string" },
    text: "Where in the application's code the call came from, as module+0xoffset.",
    optional: true,
  },
  gap: { type: { fields: GAP }, text: "What may have been missed.", optional: true },
} as const satisfies Fields;

/** One line of `watch --ndjson`. */
export const EVENT_LINE = {
  schema: "portolan.event/1",
  text: "One thing that happened to a socket, complete in itself.",
  command: "portolan watch --ndjson",
  fields: {
    schema: { type: ["portolan.event/1"], text: "Name and major version of this line's schema." },
    host: HOST,
    ...EVENT,
  },
} as const satisfies DocumentDefinition;

/** What `watch --json` prints, event by event, and ends when the watch does. */
export const WATCH = {
  schema: "portolan.watch/1",
  text: "What happened to sockets while they were watched.",
  command: "portolan watch --json",
  fields: {
    schema: { type: ["portolan.watch/1"], text: "Name and major version of this document's schema." },
    host: HOST,
    filters: { type: { list: "string" }, text: "The filter words: what was watched. Empty: everything." },
    startedAt: { type: "time", text: "When the watch began." },
    collector: COLLECTOR,
    events: { type: { list: { fields: EVENT } }, text: "What happened, in the order in which it was learned." },
    endedAt: { type: "time", text: "When the watch ended." },
    degradations: DEGRADATIONS,
    found: { type: "integer", text: "How many sockets were open when it began." },
    opened: { type: "integer", text: "How many listeners, connections and exchanges came to be." },
    closed: { type: "integer", text: "How many ended." },
    failed: { type: "integer", text: "How many attempts and binds came to nothing.", unit: "attempts" },
    complete: { type: "boolean", text: "Whether nothing may have been missed: false whenever gaps is not empty." },
    gaps: { ...GAPS, text: "What may have been missed, one for each reason, losses added up." },
  },
} as const satisfies DocumentDefinition;

export type EventDocument = DocumentOf<typeof EVENT>;
export type WatchDocument = DocumentOf<(typeof WATCH)["fields"]>;

/** The columns of `watch --csv`, in order, each with the field that it shows. */
export const EVENT_CSV_COLUMNS = [
  { name: "at", path: "at" },
  { name: "event", path: "event" },
  { name: "socket", path: "socket" },
  { name: "protocol", path: "protocol" },
  { name: "state", path: "state" },
  { name: "local_address", path: "local.address" },
  { name: "local_port", path: "local.port" },
  { name: "remote_address", path: "remote.address" },
  { name: "remote_port", path: "remote.port" },
  { name: "network_namespace", path: "networkNamespace" },
  { name: "application", path: "application" },
  { name: "pids", path: "processes.pid" },
  { name: "names", path: "processes.name" },
  { name: "executables", path: "processes.executable" },
  { name: "users", path: "processes.user" },
  { name: "units", path: "processes.unit" },
  { name: "evidence", path: "evidence.source" },
  { name: "error", path: "error" },
  { name: "bytes_in", path: "bytesIn" },
  { name: "bytes_out", path: "bytesOut" },
  { name: "duration_seconds", path: "durationSeconds" },
  { name: "gap", path: "gap.reason" },
  { name: "lost", path: "gap.lost" },
] as const satisfies readonly Column[];
