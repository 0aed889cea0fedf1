import type { DocumentDefinition, DocumentOf } from "./field.ts";
import { DEGRADATIONS, HOST } from "./shared.ts";

/** What `doctor --json` prints. */
export const DOCTOR = {
  schema: "portolan.doctor/1",
  text: "What works on this machine, and how to get the rest.",
  command: "portolan doctor --json",
  fields: {
    schema: { type: ["portolan.doctor/1"], text: "Name and major version of this document's schema." },
    host: HOST,
    checkedAt: { type: "time", text: "When it was checked." },
    version: { type: "string", text: "Version of Portolan." },
    runtime: { type: "string", text: "Version of Node.js that runs it." },
    system: { type: "string", text: "Operating system, its release and the processor's architecture." },
    user: { type: "integer", text: "Number of the user that asked.", optional: true, platforms: ["linux"] },
    collectors: {
      type: {
        list: {
          fields: {
            name: { type: "string", text: "Name of the collector, as collector states it in other documents." },
            ready: { type: "boolean", text: "Whether it works here." },
            degradations: { ...DEGRADATIONS, text: "What it lacks here, each with the command that brings it." },
          },
        },
      },
      text: "Every way of observing this machine, the best first.",
    },
  },
} as const satisfies DocumentDefinition;

export type DoctorDocument = DocumentOf<(typeof DOCTOR)["fields"]>;
