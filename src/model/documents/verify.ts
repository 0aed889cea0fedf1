import type { DocumentDefinition, DocumentOf, Fields } from "./field.ts";
import { COVERAGE } from "./profile-coverage.ts";
import { ENDPOINT, GAPS, HOST, PROTOCOL } from "./shared.ts";

const USE = {
  use: { type: ["listen", "connect"], text: "Whether the line is about listening or connecting." },
  protocol: { type: PROTOCOL, text: "Transport protocol." },
} as const satisfies Fields;

const LINE = {
  ...USE,
  ports: { type: "string", text: "Ports as the manifest states them." },
  scope: { type: ["loopback", "network"], text: "Who may reach it, of a listen.", optional: true },
  peers: { type: { list: "string" }, text: "Whom it may reach, of a connect.", optional: true },
  feature: { type: "string", text: "Function of the application that it belongs to.", optional: true },
  required: { type: "boolean", text: "True where it must be seen.", optional: true },
  line: { type: "integer", text: "Line of the manifest's file, from 1.", optional: true },
  answer: {
    type: ["kept", "not-seen", "wider", "unknown"],
    text: "What was seen of it: kept (seen as stated), not-seen, wider (seen, and a part of what is stated was not needed), unknown (not seen, and something may have been missed).",
  },
  unused: {
    type: { list: "string" },
    text: "What is stated and was not needed: ports, peers, or the scope.",
    optional: true,
  },
  flows: { type: "integer", text: "Flows that it covers.", unit: "flows", optional: true },
} as const satisfies Fields;

const BROKEN = {
  ...USE,
  address: { type: "string", text: "Address that it listened on.", optional: true },
  port: { type: "integer", text: "Port that was used." },
  exposure: { type: ["loopback", "network"], text: "Who can reach it, of a listen.", optional: true },
  remote: { type: { fields: ENDPOINT }, text: "The end that it connected to.", optional: true },
  name: { type: "string", text: "Name that the application asked for before.", optional: true },
  attempted: { type: "boolean", text: "True where it only was tried, and never came to be.", optional: true },
  pids: { type: { list: "integer" }, text: "Ids of the processes." },
  executables: { type: { list: "string" }, text: "Their executables." },
  flows: { type: "integer", text: "How many flows.", unit: "flows", optional: true },
  firstSeen: { type: "time", text: "When it was seen first." },
} as const satisfies Fields;

/** What `verify --json` prints. */
export const VERIFY = {
  schema: "portolan.verify/1",
  text: "Whether an application keeps to its manifest.",
  command: "portolan verify --json MANIFEST -- COMMAND",
  fields: {
    schema: { type: ["portolan.verify/1"], text: "Name and major version of this document's schema." },
    host: HOST,
    application: { type: "string", text: "The application, as the manifest names it." },
    manifest: { type: "string", text: "The manifest's file." },
    command: { type: { list: "string" }, text: "The command that Portolan started.", optional: true },
    exitStatus: { type: "integer", text: "The application's own exit status.", optional: true },
    commandFailed: { type: "boolean", text: "Whether the command failed by itself." },
    startedAt: { type: "time", text: "When the observation began." },
    endedAt: { type: "time", text: "When it ended." },
    answer: {
      type: ["kept", "broken", "unknown"],
      text: "The answer: broken (something was used that is not stated, a required line was not seen, or the command failed), unknown (none of that, but a line that was not seen may have been missed), else kept.",
    },
    lines: { type: { list: { fields: LINE } }, text: "Every line of the manifest." },
    broken: { type: { list: { fields: BROKEN } }, text: "What was used and is not stated." },
    gaps: GAPS,
    coverage: { type: { fields: COVERAGE }, text: "How much was watched: what the answer rests on." },
  },
} as const satisfies DocumentDefinition;

export type VerifyDocument = DocumentOf<(typeof VERIFY)["fields"]>;
