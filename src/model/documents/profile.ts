import type { DocumentDefinition, DocumentOf, Fields } from "./field.ts";
import { COVERAGE } from "./profile-coverage.ts";
import { OFFLINE } from "./profile-offline.ts";
import { STEP } from "./profile-steps.ts";
import { CONNECT, FAILED_BIND, LISTEN } from "./profile-usage.ts";
import { COLLECTOR, DEGRADATIONS, GAPS, HOST, PROCESS } from "./shared.ts";

const PROCESS_SEEN = {
  ...PROCESS,
  endTime: {
    type: "time",
    text: "When it ended; absent while it lives, and where its end was not seen.",
    optional: true,
  },
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
    offline: {
      type: { fields: OFFLINE },
      text: "What the run without a network tells; absent where the command had one.",
      optional: true,
    },
    steps: {
      type: { list: { fields: STEP } },
      text: "What --steps did; absent without it.",
      optional: true,
    },
    collector: COLLECTOR,
    complete: { type: "boolean", text: "Whether nothing may have been missed: false whenever gaps is not empty." },
    gaps: GAPS,
    usesNetwork: { type: "boolean", text: "Whether it listened, connected, or tried either." },
    loopbackOnly: {
      type: "boolean",
      text: "Whether it used the network and nothing of that left this machine.",
    },
    degradations: DEGRADATIONS,
    coverage: { type: { fields: COVERAGE }, text: "How much was watched: what a conclusion rests on." },
    processes: { type: { list: { fields: PROCESS_SEEN } }, text: "The application's processes." },
    listens: { type: { list: { fields: LISTEN } }, text: "Ports that it listened on." },
    connects: { type: { list: { fields: CONNECT } }, text: "Remote ports that it used, or tried to." },
    failedBinds: { type: { list: { fields: FAILED_BIND } }, text: "Binds that the kernel refused." },
  },
} as const satisfies DocumentDefinition;

export type ProfileDocument = DocumentOf<(typeof PROFILE)["fields"]>;
