import type { DocumentDefinition, DocumentOf } from "./field.ts";
import { HOST } from "./shared.ts";

/** What `service status --json` prints. */
export const SERVICE = {
  schema: "portolan.service/1",
  text: "Whether the recorder runs as a service of this machine.",
  command: "portolan service status --json",
  fields: {
    schema: { type: ["portolan.service/1"], text: "Name and major version of this document's schema." },
    host: HOST,
    checkedAt: { type: "time", text: "When it was checked." },
    unit: { type: "string", text: "Name of the service." },
    manager: { type: ["systemd", "none"], text: "What manages services here; none: Portolan knows of nothing." },
    installed: { type: "boolean", text: "Whether the service is installed." },
    atBoot: { type: "boolean", text: "Whether it starts with the machine.", optional: true },
    active: {
      type: "string",
      text: "What the manager says of it now: active, activating, inactive, failed; unknown without a manager.",
    },
    pid: { type: "integer", text: "Its process, while it runs.", optional: true },
    since: { type: "string", text: "Since when it is active, in the manager's words.", optional: true },
    status: { type: "string", text: "What the recorder said last of itself.", optional: true },
    result: { type: "string", text: "Why it failed, in the manager's words.", optional: true },
  },
} as const satisfies DocumentDefinition;

export type ServiceDocument = DocumentOf<(typeof SERVICE)["fields"]>;
