import type { DocumentDefinition, DocumentOf } from "./field.ts";
import { PROTOCOL } from "./shared.ts";

const SIDE = {
  file: { type: "string", text: "The file." },
  kind: { type: ["manifest", "profile"], text: "What it holds." },
  application: { type: "string", text: "The application that it is about." },
} as const;

/** What `diff --json` prints. */
export const DIFF = {
  schema: "portolan.diff/1",
  text: "What changed between two manifests or profiles, as far as it matters to somebody who opens or closes ports.",
  command: "portolan diff --json A B",
  fields: {
    schema: { type: ["portolan.diff/1"], text: "Name and major version of this document's schema." },
    before: { type: { fields: SIDE }, text: "The first file." },
    after: { type: { fields: SIDE }, text: "The second file." },
    same: { type: "boolean", text: "Whether nothing changed." },
    changes: {
      type: {
        list: {
          fields: {
            change: {
              type: ["opened", "closed", "exposed", "withdrawn", "owner"],
              text: "What changed: opened (only in the second), closed (only in the first), exposed (for this machine only before, for the network now), withdrawn (the other way round), owner (another executable).",
            },
            use: { type: ["listen", "connect"], text: "Whether it is about listening or connecting." },
            protocol: { type: PROTOCOL, text: "Transport protocol." },
            ports: { type: "string", text: "Port or ports; dynamic for those that the system chooses." },
            peer: { type: "string", text: "The other side, of a connect: its name where it is known.", optional: true },
            scope: {
              type: ["loopback", "network"],
              text: "Who can reach it, of a listen, in the second file where it is there.",
              optional: true,
            },
            before: { type: { list: "string" }, text: "Executables in the first file.", optional: true },
            after: { type: { list: "string" }, text: "Executables in the second file.", optional: true },
          },
        },
      },
      text: "Every change.",
    },
  },
} as const satisfies DocumentDefinition;

export type DiffDocument = DocumentOf<(typeof DIFF)["fields"]>;
