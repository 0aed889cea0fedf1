import type { DocumentDefinition, DocumentOf, Fields } from "./field.ts";

const FILE = {
  file: { type: "string", text: "Path of the file." },
  kind: { type: ["PR-PORTS", "PR-INITIAL", "PR-PIDS"], text: "Which of Port Reporter's logs it is." },
  computer: {
    type: "string",
    text: "Name of the machine that it is of, where it or a partner says so.",
    optional: true,
  },
  began: { type: "time", text: "When the log was begun, where it says so.", optional: true },
  uses: { type: "integer", text: "Uses of ports that it tells of; of PR-PIDS none, because they are in PR-PORTS." },
  imported: { type: "integer", text: "Uses that were put into the record now." },
  known: { type: "integer", text: "Uses that the record had already." },
  processes: { type: "integer", text: "Processes that it tells of." },
  from: { type: "time", text: "When the first use was.", optional: true },
  until: { type: "time", text: "When the last use was.", optional: true },
  unreadable: { type: "integer", text: "Lines that could not be read.", unit: "lines" },
  firstUnreadable: {
    type: {
      fields: {
        line: { type: "integer", text: "Its number." },
        why: { type: "string", text: "Why it could not be read." },
      },
    },
    text: "The first of them.",
    optional: true,
  },
} as const satisfies Fields;

/** What `import --json` prints. */
export const IMPORT = {
  schema: "portolan.import/1",
  text: "What was read of other programs' logs into a record.",
  command: "portolan import --json FILE",
  fields: {
    schema: { type: ["portolan.import/1"], text: "Name and major version of this document's schema." },
    record: { type: "string", text: "The record that they were put into." },
    files: { type: { list: { fields: FILE } }, text: "One for each file, in the order of their time." },
  },
} as const satisfies DocumentDefinition;

export type ImportDocument = DocumentOf<(typeof IMPORT)["fields"]>;
export type ImportedFile = DocumentOf<typeof FILE>;
