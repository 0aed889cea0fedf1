import {
  type Column,
  CSV_COLUMNS,
  type DocumentDefinition,
  EVENT_CSV_COLUMNS,
  type Fields,
  type Type,
} from "../../src/model/columns.ts";
import { schemaFileName } from "./json-schema.ts";

/** The page that describes every field of every document, in Markdown. */
export function fieldsPage(documents: readonly DocumentDefinition[]): string {
  const parts = [
    "# Fields",
    "Generated from `src/model/columns.ts` by `npm run generate`; change the fields there.",
    "A field marked optional is absent where it cannot be known: absence is never zero. Fields may be added within a " +
      "major version of a schema. Times are ISO 8601 in UTC with microseconds.",
    ...documents.flatMap(documentPart),
    ...columnsPart("ls", CSV_COLUMNS),
    ...columnsPart("watch", EVENT_CSV_COLUMNS),
  ];
  return `${parts.join("\n\n")}\n`;
}

function columnsPart(verb: string, columns: readonly Column[]): string[] {
  return [
    `## Columns of \`portolan ${verb} --csv\``,
    "Several processes of one socket are joined by `;` in all columns alike.",
    table(
      ["column", "field"],
      columns.map(({ name, path }) => [`\`${name}\``, `\`${path}\``]),
    ),
  ];
}

function documentPart(document: DocumentDefinition): string[] {
  const file = schemaFileName(document);
  return [
    `## ${document.schema}`,
    `${document.text} Written by \`${document.command}\`; JSON Schema in [${file}](schema/${file}).`,
    table(["field", "type", "", "meaning"], rows(document.fields, "")),
  ];
}

function rows(fields: Fields, prefix: string): string[][] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const path = prefix + name;
    const unit = field.unit === undefined ? "" : `, ${field.unit}`;
    const notes = [...(field.optional ? ["optional"] : []), ...(field.platforms ?? [])].join(", ");
    const row = [`\`${path}\``, typeName(field.type) + unit, notes, field.text];
    return [row, ...innerRows(field.type, path)];
  });
}

function innerRows(type: Type, path: string): string[][] {
  if (typeof type === "string") return [];
  if ("list" in type) return innerRows(type.list, `${path}[]`);
  if ("record" in type) return innerRows(type.record, `${path}.*`);
  return "fields" in type ? rows(type.fields, `${path}.`) : [];
}

function typeName(type: Type): string {
  if (typeof type === "string") return type;
  if ("list" in type) return `list of ${typeName(type.list)}`;
  if ("record" in type) return `record of ${typeName(type.record)}`;
  if ("fields" in type) return "object";
  return type.length === 1 ? `\`${type[0]}\`` : "word";
}

function table(heading: string[], body: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(heading), line(heading.map(() => "---")), ...body.map(line)].join("\n");
}
