import type { Fields } from "./field.ts";
import { ATTRIBUTION } from "./profile-steps.ts";
import { ENDPOINT, EVIDENCE, PROTOCOL } from "./shared.ts";

const TRANSPORT = { type: PROTOCOL, text: "Transport protocol." } as const;

/** What a listen and a connect have in common. */
const USAGE = {
  pids: {
    type: { list: "integer" },
    text: "Ids of the processes that own, accepted or began it; processes describes them.",
  },
  pidsPartial: { type: "boolean", text: "True where there were more processes than are listed.", optional: true },
  flows: {
    type: "integer",
    text: "Connections established, or UDP exchanges with one peer each.",
    unit: "flows",
    optional: true,
  },
  bytesIn: { type: "integer", text: "Payload received.", unit: "bytes", optional: true },
  bytesOut: { type: "integer", text: "Payload sent.", unit: "bytes", optional: true },
  bytesPartial: {
    type: "boolean",
    text: "True where only some flows' bytes could be counted: bytesIn and bytesOut are a lower bound.",
    optional: true,
  },
  errors: {
    type: { record: "integer" },
    text: "Attempts that never were established, by errno name.",
    unit: "attempts",
    optional: true,
  },
  features: { type: { list: "string" }, text: "Functions of the application that were being exercised." },
  attribution: {
    type: { list: { fields: ATTRIBUTION } },
    text: "How surely it belongs to each of features, the surest first; absent where none was exercised twice.",
    optional: true,
  },
  callers: {
    type: { list: "string" },
    text: "Where in the application's code the call came from, as module+0xoffset.",
    optional: true,
  },
  evidence: { type: { fields: EVIDENCE }, text: "How the owner is known." },
  firstSeen: { type: "time", text: "When it was seen first." },
  lastSeen: { type: "time", text: "When it was seen last." },
} as const satisfies Fields;

const PEER = {
  address: { type: "string", text: "Address of the peer." },
  name: { type: "string", text: "Name by which the application asked for it.", optional: true },
  flows: { type: "integer", text: "Flows with this peer.", unit: "flows" },
} as const satisfies Fields;

export const LISTEN = {
  protocol: TRANSPORT,
  address: { type: "string", text: "Address that it listened on." },
  port: { type: "integer", text: "Port that it listened on." },
  portChosenBy: {
    type: ["application", "system"],
    text: "Whether the program asked for this port or took what the system gave; absent when the bind was not seen.",
    optional: true,
  },
  exposure: { type: ["loopback", "network"], text: "Who can reach it: this machine alone, or the network." },
  networkNamespace: {
    type: "integer",
    text: "Inode number of the network namespace.",
    optional: true,
    platforms: ["linux"],
  },
  peers: { type: { list: { fields: PEER } }, text: "Who used it, the most frequent first." },
  peersUnknown: { type: "integer", text: "Flows whose peer could not be learned.", unit: "flows", optional: true },
  peersOmitted: {
    type: "integer",
    text: "Flows of peers beyond the number that is listed.",
    unit: "flows",
    optional: true,
  },
  failed: {
    type: "integer",
    text: "Inbound attempts that never were established.",
    unit: "attempts",
    optional: true,
  },
  ...USAGE,
} as const satisfies Fields;

export const CONNECT = {
  protocol: TRANSPORT,
  remote: { type: { fields: ENDPOINT }, text: "The end that it connected to." },
  networkNamespace: {
    type: "integer",
    text: "Inode number of the network namespace, of a loopback address: each namespace has its own.",
    optional: true,
    platforms: ["linux"],
  },
  name: { type: "string", text: "Name that the application asked for before; of several, the first.", optional: true },
  names: {
    type: { list: "string" },
    text: "Every name it asked for that gave this address, where there are several.",
    optional: true,
  },
  failed: { type: "integer", text: "Attempts that never were established.", unit: "attempts" },
  ...USAGE,
} as const satisfies Fields;

export const FAILED_BIND = {
  protocol: TRANSPORT,
  address: { type: "string", text: "Address that it asked for." },
  port: { type: "integer", text: "Port that it asked for." },
  error: { type: "string", text: "Why the kernel refused, as errno names it." },
  pids: { type: { list: "integer" }, text: "Ids of the processes that tried." },
  count: { type: "integer", text: "How often.", unit: "attempts" },
} as const satisfies Fields;
