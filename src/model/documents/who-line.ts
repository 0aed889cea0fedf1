import type { DocumentDefinition, DocumentOf, Fields } from "./field.ts";
import { GAPS, PROCESS, PROTOCOL } from "./shared.ts";
import { RECORD } from "./who.ts";

const END = {
  address: { type: "string", text: "IP address as RFC 5952 writes it." },
  port: { type: "integer", text: "Port number; absent where the line states none.", optional: true },
} as const satisfies Fields;

const PACKET = {
  from: { type: "time", text: "The first moment that the line may mean; absent where it states none.", optional: true },
  until: { type: "time", text: "The last moment that the line may mean.", optional: true },
  label: {
    type: "string",
    text: "What the firewall's rule writes in front, such as UFW BLOCK, or what was done to the packet, such as DROP.",
    optional: true,
  },
  protocol: { type: "string", text: "Transport protocol in lower case, or its number." },
  source: { type: { fields: END }, text: "Who sent the packet." },
  destination: { type: { fields: END }, text: "Whom it was sent to." },
  way: {
    type: ["in", "out", "through", "unknown"],
    text: "Which way it went on the machine that logged it, as far as the line says.",
  },
} as const satisfies Fields;

const ANSWER = {
  end: { type: ["source", "destination"], text: "Which end of the packet was this application's." },
  known: {
    type: ["flow", "use", "listener"],
    text: "How it is known: flow (that very connection or exchange is in the record), use (the application used this port with this peer at the time, by another connection or by one of which only its hour is kept), listener (it held the port open, and no connection of this packet is in the record).",
  },
  application: { type: "string", text: "The application: a unit, a container, a package or an executable." },
  direction: { type: ["inbound", "outbound"], text: "Who began: the other side, or the application." },
  protocol: { type: PROTOCOL, text: "Transport protocol." },
  port: {
    type: "integer",
    text: "The service's port: the local one of what came in, the remote one of what went out.",
  },
  peer: { type: "string", text: "The other side's address; absent for a listener.", optional: true },
  names: { type: { list: "string" }, text: "Names by which the application asked for the peer.", optional: true },
  error: { type: "string", text: "An errno name where the connection never came to be.", optional: true },
  bytesIn: { type: "integer", text: "Payload received.", unit: "bytes", optional: true },
  bytesOut: { type: "integer", text: "Payload sent.", unit: "bytes", optional: true },
  firstSeen: { type: "time", text: "When it began, or was in use first." },
  lastSeen: { type: "time", text: "When it ended, or was in use last; absent while it goes on.", optional: true },
  wholeHours: {
    type: "boolean",
    text: "True where single flows are no longer kept: the answer holds for the whole hour.",
    optional: true,
  },
  processes: { type: { list: { fields: PROCESS } }, text: "Processes that are still known, the latest first." },
} as const satisfies Fields;

const LINE = {
  line: { type: "integer", text: "Its number among the lines that were read, from 1." },
  text: { type: "string", text: "The line, at most its first 1,000 characters." },
  packet: { type: { fields: PACKET }, text: "The packet that it is about.", optional: true },
  answers: {
    type: { list: { fields: ANSWER } },
    text: "The applications at its ends, as far as they ran on the machine of the record.",
  },
  reason: {
    type: [
      "no-log-line",
      "no-ports",
      "not-this-machine",
      "not-seen",
      "gap",
      "before-record",
      "after-record",
      "no-time",
    ],
    text: "Why there is no answer: no-log-line (it is none of a firewall), no-ports (neither TCP nor UDP, or a fragment), not-this-machine (neither end is an address of it, as far as the record knows), not-seen (no application used or held the port), gap (something may have been missed then), before-record and after-record (the record does not reach to that time), no-time (it states no moment that there was).",
    optional: true,
  },
  gaps: {
    ...GAPS,
    text: "Intervals around its time in which something may have been missed, where there is no answer.",
  },
} as const satisfies Fields;

/** What `who --ndjson` prints for each line of a firewall's log. */
export const WHO_LINE = {
  schema: "portolan.who-line/1",
  text: "Which application a line of a firewall's log is about.",
  command: "portolan who --ndjson",
  fields: { schema: { type: ["portolan.who-line/1"], text: "Name and major version of this line's schema." }, ...LINE },
} as const satisfies DocumentDefinition;

const COUNTS = {
  lines: { type: "integer", text: "Lines that were read; blank ones and headings do not count." },
  packets: { type: "integer", text: "Lines that are about a packet." },
  answered: { type: "integer", text: "Packets with an answer." },
  undecided: { type: "integer", text: "Packets without an answer, of a time at which something may have been missed." },
} as const satisfies Fields;

/** What `who --json` prints for a firewall's log. */
export const WHO_LINES = {
  schema: "portolan.who-lines/1",
  text: "Which applications the lines of a firewall's log are about.",
  command: "portolan who --json",
  fields: {
    schema: { type: ["portolan.who-lines/1"], text: "Name and major version of this document's schema." },
    lines: { type: { list: { fields: LINE } }, text: "One for each line, in their order." },
    counts: { type: { fields: COUNTS }, text: "How many there were of each kind." },
    record: { type: { fields: RECORD }, text: "What the record can answer for." },
  },
} as const satisfies DocumentDefinition;

export type WhoLine = DocumentOf<typeof LINE>;
export type WhoLineAnswer = DocumentOf<typeof ANSWER>;
export type WhoLineCounts = DocumentOf<typeof COUNTS>;
