import type { DocumentDefinition, DocumentOf, Fields } from "./field.ts";
import { GAPS, PROCESS, PROTOCOL } from "./shared.ts";

/** Sums of what was recorded of one use. */
export const SUMS = {
  flows: { type: "integer", text: "Flows that began.", unit: "flows" },
  failed: {
    type: "integer",
    text: "Attempts that never were established, or binds that were refused.",
    unit: "attempts",
  },
  bytesIn: { type: "integer", text: "Payload received.", unit: "bytes", optional: true },
  bytesOut: { type: "integer", text: "Payload sent.", unit: "bytes", optional: true },
  firstSeen: { type: "time", text: "When it was in use first." },
  lastSeen: { type: "time", text: "When it was in use last." },
} as const satisfies Fields;

/** What the record can answer for at all. */
export const RECORD = {
  path: { type: "string", text: "The record that was asked." },
  from: { type: "time", text: "When the record begins; absent where it is empty.", optional: true },
  until: { type: "time", text: "Until when it is written; absent where it is empty.", optional: true },
  flowsFrom: { type: "time", text: "From when on single flows are kept.", optional: true },
} as const satisfies Fields;

const QUESTION = {
  port: { type: "integer", text: "The port that was asked about.", optional: true },
  address: { type: "string", text: "The address that was asked about.", optional: true },
  block: { type: "string", text: "The block of addresses that was asked about.", optional: true },
  name: { type: "string", text: "The name that was asked about.", optional: true },
  since: { type: "time", text: "From when on; absent: from the beginning of the record.", optional: true },
  until: { type: "time", text: "Until when; absent: until its end.", optional: true },
} as const satisfies Fields;

const ANSWER = {
  application: { type: "string", text: "The application: a unit, a container, a package or an executable." },
  direction: { type: ["inbound", "outbound"], text: "Who began: the other side, or the application." },
  protocol: { type: PROTOCOL, text: "Transport protocol." },
  port: {
    type: "integer",
    text: "The service's port: the local one of what came in, the remote one of what went out.",
  },
  peer: {
    type: "string",
    text: "The other side's address; absent where nobody came, or it could not be learned.",
    optional: true,
  },
  names: { type: { list: "string" }, text: "Names by which the application asked for the peer.", optional: true },
  listening: { type: "boolean", text: "True where the application held the port open.", optional: true },
  addresses: {
    type: { list: "string" },
    text: "Addresses that it held the port open on, or tried to.",
    optional: true,
  },
  ...SUMS,
  wholeHours: {
    type: "boolean",
    text: "True where single flows are no longer kept for the whole interval: the figures are of its whole hours.",
    optional: true,
  },
  processes: { type: { list: { fields: PROCESS } }, text: "Processes that are still known, the latest first." },
} as const satisfies Fields;

/** What `who --json` prints. */
export const WHO = {
  schema: "portolan.who/1",
  text: "Which application used a port or a peer, then.",
  command: "portolan who --json ENDPOINT",
  fields: {
    schema: { type: ["portolan.who/1"], text: "Name and major version of this document's schema." },
    question: { type: { fields: QUESTION }, text: "What was asked." },
    record: { type: { fields: RECORD }, text: "What the record can answer for." },
    gaps: { ...GAPS, text: "Intervals within the question in which something may have been missed." },
    answers: {
      type: { list: { fields: ANSWER } },
      text: "One for each application, direction, protocol, port and peer, the latest used first.",
    },
  },
} as const satisfies DocumentDefinition;

export type WhoDocument = DocumentOf<(typeof WHO)["fields"]>;
