import { VERDICTS } from "../verdict.ts";
import type { DocumentDefinition, DocumentOf, Fields } from "./field.ts";
import { PROTOCOL } from "./shared.ts";

const ANSWER = {
  protocol: { type: "string", text: "Protocol that was understood; unknown where what came is shown as it is." },
  fields: {
    type: { record: "value" },
    text: "What the answer says, by name; which names there are depends on the protocol.",
  },
  text: { type: "string", text: "What was answered as text: a banner, a file.", optional: true },
} as const satisfies Fields;

const TARGET = {
  name: {
    type: "string",
    text: "Name that was asked for, or that belongs to the address by reverse lookup.",
    optional: true,
  },
  address: { type: "string", text: "Address that answered; where none did, the first of the name." },
  addresses: {
    type: { list: "string" },
    text: "Every address of the name that was asked, in the order of asking, where there are several.",
    optional: true,
  },
} as const satisfies Fields;

/** One port of the target: one verdict for each protocol, the final one. */
export const QUERY_PORT = {
  protocol: { type: PROTOCOL, text: "Transport protocol." },
  port: { type: "integer", text: "Port that was asked." },
  service: {
    type: "string",
    text: "Name of the service by this machine's services file, else by IANA's registry.",
    optional: true,
  },
  verdict: {
    type: VERDICTS,
    text: "Whether something listens; listening-or-filtered is a UDP port that stayed silent.",
  },
  reason: { type: "string", text: "What the verdict rests on." },
  milliseconds: {
    type: "number",
    text: "From the first packet to what decided, or how long was waited in vain.",
    unit: "milliseconds",
  },
  address: {
    type: "string",
    text: "Address that the verdict is of, where the target has several.",
    optional: true,
  },
  answer: { type: { fields: ANSWER }, text: "What the service answered to a probe.", optional: true },
} as const satisfies Fields;

const INTERRUPTED = {
  type: "boolean",
  text: "True where the query was interrupted: ports then holds those known by then.",
  optional: true,
} as const;

/** What `query --json` prints. */
export const QUERY = {
  schema: "portolan.query/1",
  text: "Which ports of one host listen, and what answers there.",
  command: "portolan query HOST --json",
  fields: {
    schema: { type: ["portolan.query/1"], text: "Name and major version of this document's schema." },
    target: { type: { fields: TARGET }, text: "The host that was asked." },
    interrupted: INTERRUPTED,
    unknown: {
      type: "integer",
      text: "Ports without a verdict, because the query was interrupted.",
      unit: "ports",
      optional: true,
    },
    ports: { type: { list: { fields: QUERY_PORT } }, text: "The ports, in the order in which they were asked for." },
  },
} as const satisfies DocumentDefinition;

/** One line of `query --ndjson`. */
export const QUERY_LINE = {
  schema: "portolan.query-port/1",
  text: "One port of a query, complete in itself, written as soon as it and those before it are known.",
  command: "portolan query HOST --ndjson",
  fields: {
    schema: { type: ["portolan.query-port/1"], text: "Name and major version of this line's schema." },
    target: { type: { fields: TARGET }, text: "The host that was asked." },
    ...QUERY_PORT,
  },
} as const satisfies DocumentDefinition;

export type QueryDocument = DocumentOf<(typeof QUERY)["fields"]>;
export type QueryPort = DocumentOf<typeof QUERY_PORT>;
export type QueryTarget = DocumentOf<typeof TARGET>;
