import { TCP_STATES } from "../socket.ts";
import type { DocumentDefinition, DocumentOf, Fields } from "./field.ts";
import { COLLECTOR, DEGRADATIONS, ENDPOINT, EVIDENCE, GAPS, HOST, PROCESS, PROTOCOL } from "./shared.ts";

const TAKEN_AT = { type: "time", text: "When the snapshot was taken." } as const;

/** One socket, as every output of `ls` states it. */
export const SOCKET = {
  protocol: { type: PROTOCOL, text: "Transport protocol." },
  state: {
    type: [...new Set(TCP_STATES), "BOUND", "CONNECTED"] as const,
    text: "TCP state as ss names it, in upper case with underscores; a UDP socket is BOUND or CONNECTED.",
  },
  local: { type: { fields: ENDPOINT }, text: "This machine's end." },
  remote: { type: { fields: ENDPOINT }, text: "The peer's end; absent for listeners.", optional: true },
  networkNamespace: {
    type: "integer",
    text: "Inode number of the network namespace that the socket lives in.",
    platforms: ["linux"],
  },
  application: {
    type: "string",
    text: "What a person would name: a systemd unit, a container, a package or an executable.",
    optional: true,
  },
  processes: {
    type: { list: { fields: PROCESS } },
    text: "Every process that holds the socket; empty where none does, and evidence then says why.",
  },
  evidence: { type: { fields: EVIDENCE }, text: "How the owner is known.", optional: true },
} as const satisfies Fields;

/** What `ls --json` prints. */
export const SNAPSHOT = {
  schema: "portolan.snapshot/1",
  text: "Every socket of the machine at one moment, with the processes that hold it.",
  command: "portolan ls --json",
  fields: {
    schema: { type: ["portolan.snapshot/1"], text: "Name and major version of this document's schema." },
    host: HOST,
    takenAt: TAKEN_AT,
    collector: COLLECTOR,
    gaps: GAPS,
    degradations: { ...DEGRADATIONS, optional: true },
    sockets: { type: { list: { fields: SOCKET } }, text: "The sockets: listeners first, then by protocol and port." },
  },
} as const satisfies DocumentDefinition;

/** One line of `ls --ndjson`. */
export const SOCKET_LINE = {
  schema: "portolan.socket/1",
  text: "One socket of a snapshot, complete in itself.",
  command: "portolan ls --ndjson",
  fields: {
    schema: { type: ["portolan.socket/1"], text: "Name and major version of this line's schema." },
    host: HOST,
    takenAt: TAKEN_AT,
    ...SOCKET,
  },
} as const satisfies DocumentDefinition;

export type SnapshotDocument = DocumentOf<(typeof SNAPSHOT)["fields"]>;
export type SocketDocument = DocumentOf<typeof SOCKET>;
export type ProcessDocument = DocumentOf<typeof PROCESS>;
