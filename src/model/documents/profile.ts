import type { DocumentDefinition, DocumentOf, Fields } from "./field.ts";
import { COLLECTOR, DEGRADATIONS, ENDPOINT, EVIDENCE, GAPS, HOST, PROCESS, PROTOCOL } from "./shared.ts";

const SEEN = {
  firstSeen: { type: "time", text: "When it was seen first." },
  lastSeen: { type: "time", text: "When it was seen last." },
} as const satisfies Fields;

const PIDS = {
  type: { list: "integer" },
  text: "Ids of the processes that did it; they are described in processes.",
} as const;

const COUNTS = {
  flows: {
    type: "integer",
    text: "Connections that were established (UDP: exchanges with one peer); absent where they could not be counted.",
    unit: "flows",
    optional: true,
  },
  bytesIn: { type: "integer", text: "Payload received.", unit: "bytes", optional: true },
  bytesOut: { type: "integer", text: "Payload sent.", unit: "bytes", optional: true },
} as const satisfies Fields;

const FEATURES = { type: { list: "string" }, text: "Functions of the application that were being exercised." } as const;

const PROFILE_EVIDENCE = { type: { fields: EVIDENCE }, text: "How the owner is known.", optional: true } as const;

const PEER = {
  address: { type: "string", text: "Address of the peer." },
  name: { type: "string", text: "Name by which the application asked for it.", optional: true },
  flows: { ...COUNTS.flows, text: "Connections with this peer." },
} as const satisfies Fields;

const LISTEN = {
  protocol: { type: PROTOCOL, text: "Transport protocol." },
  address: { type: "string", text: "Address that it listened on." },
  port: { type: "integer", text: "Port that it listened on." },
  portChosenBy: {
    type: ["application", "system"],
    text: "Whether the program asked for this port or took what the system gave; absent when the bind was not seen.",
    optional: true,
  },
  pids: PIDS,
  exposure: { type: ["loopback", "network"], text: "Who can reach it: this machine alone, or the network." },
  ...COUNTS,
  peers: { type: { list: { fields: PEER } }, text: "Who connected to it." },
  features: FEATURES,
  evidence: PROFILE_EVIDENCE,
  ...SEEN,
} as const satisfies Fields;

const CONNECT = {
  protocol: { type: PROTOCOL, text: "Transport protocol." },
  remote: { type: { fields: ENDPOINT }, text: "The end that it connected to." },
  name: { type: "string", text: "Name by which the application asked for the address.", optional: true },
  pids: PIDS,
  flows: COUNTS.flows,
  failed: { type: "integer", text: "Attempts that never were established.", unit: "attempts", optional: true },
  bytesIn: COUNTS.bytesIn,
  bytesOut: COUNTS.bytesOut,
  features: FEATURES,
  callers: { type: { list: "string" }, text: "Modules on the caller's stack, nearest first.", optional: true },
  evidence: PROFILE_EVIDENCE,
  ...SEEN,
} as const satisfies Fields;

const FAILED_BIND = {
  protocol: { type: PROTOCOL, text: "Transport protocol." },
  address: { type: "string", text: "Address that it asked for." },
  port: { type: "integer", text: "Port that it asked for." },
  error: { type: "string", text: "Why the kernel refused, as errno names it." },
  pids: PIDS,
} as const satisfies Fields;

/** What `run --json` prints and `run --output` writes. */
export const PROFILE = {
  schema: "portolan.profile/1",
  text: "The ports that one application used while it was observed.",
  command: "portolan run --json -- COMMAND",
  fields: {
    schema: { type: ["portolan.profile/1"], text: "Name and major version of this document's schema." },
    host: HOST,
    application: { type: "string", text: "The application that was profiled." },
    command: { type: { list: "string" }, text: "The command that Portolan started.", optional: true },
    startedAt: { type: "time", text: "When the observation began." },
    endedAt: { type: "time", text: "When it ended." },
    exitStatus: { type: "integer", text: "The application's own exit status.", optional: true },
    collector: COLLECTOR,
    complete: { type: "boolean", text: "Whether nothing may have been missed: false whenever gaps is not empty." },
    gaps: GAPS,
    usesNetwork: { type: "boolean", text: "Whether it used TCP or UDP at all." },
    degradations: DEGRADATIONS,
    coverage: { type: "object", text: "What was observed, and what was not." },
    processes: { type: { list: { fields: PROCESS } }, text: "The application's processes." },
    listens: { type: { list: { fields: LISTEN } }, text: "Ports that it listened on." },
    connects: { type: { list: { fields: CONNECT } }, text: "Ends that it connected to." },
    failedBinds: { type: { list: { fields: FAILED_BIND } }, text: "Ports that the kernel refused it." },
  },
} as const satisfies DocumentDefinition;

export type ProfileDocument = DocumentOf<(typeof PROFILE)["fields"]>;
