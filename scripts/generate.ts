import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DOCUMENTS } from "../src/model/columns.ts";
import { fieldsPage } from "./documents/fields-page.ts";
import { jsonSchema, schemaFileName } from "./documents/json-schema.ts";

/** Every file that derives from the table of fields: its path below the repository's root, and its text. */
export function generatedFiles(): { path: string; text: string }[] {
  const schemas = DOCUMENTS.map((document) => ({
    path: `docs/schema/${schemaFileName(document)}`,
    text: `${JSON.stringify(jsonSchema(document), undefined, 2)}\n`,
  }));
  return [...schemas, { path: "docs/fields.md", text: fieldsPage(DOCUMENTS) }];
}

if (import.meta.main) {
  const root = dirname(import.meta.dirname);
  for (const { path, text } of generatedFiles()) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}
