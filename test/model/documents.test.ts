import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { generatedFiles } from "../../scripts/generate.ts";
import {
  CSV_COLUMNS,
  DOCUMENTS,
  type Fields,
  type ProfileDocument,
  TABLE_COLUMNS,
  type Type,
} from "../../src/model/columns.ts";
import { SOCKET } from "../../src/model/documents/snapshot.ts";
import type { Profile } from "../../src/model/profile.ts";

const root = new URL("../../", import.meta.url);

describe("what is generated from the table of fields", () => {
  test.each(generatedFiles())("$path is committed as it is generated (npm run generate)", ({ path, text }) => {
    expect(readFileSync(new URL(path, root), "utf8")).toBe(text);
  });

  test("docs/schema holds nothing else", () => {
    const generated = generatedFiles().flatMap(({ path }) => (path.startsWith("docs/schema/") ? [path.slice(12)] : []));
    expect(readdirSync(new URL("docs/schema", root)).sort()).toEqual(generated.sort());
  });
});

describe("the table of fields", () => {
  test.each(DOCUMENTS.map((document) => [document.schema, document] as const))(
    "%s begins with its schema",
    (schema, document) => {
      const [name, field] = Object.entries(document.fields)[0] ?? [];
      expect(name).toBe("schema");
      expect(field?.type).toEqual([schema]);
    },
  );

  test("describes every field in a sentence", () => {
    const visit = (fields: Fields) => {
      for (const [name, field] of Object.entries(fields)) {
        expect(field.text, name).toMatch(/^[A-Z].*\.$/);
        visitType(field.type);
      }
    };
    const visitType = (type: Type): void => {
      if (typeof type === "string") return;
      if ("fields" in type) visit(type.fields);
      if ("list" in type) visitType(type.list);
    };
    for (const document of DOCUMENTS) visit(document.fields);
  });

  test.each([...CSV_COLUMNS, ...TABLE_COLUMNS])("column $name shows the field $path", ({ path }) => {
    let type: Type | undefined = { fields: SOCKET };
    for (const step of path.split(".")) {
      if (typeof type === "object" && "list" in type) type = type.list;
      type = typeof type === "object" && "fields" in type ? type.fields[step]?.type : undefined;
    }
    expect(type).toBeDefined();
  });

  test("a profile is what its document says", () => {
    // Checked by the compiler: this does not type-check where the two differ.
    const document = (profile: Profile): ProfileDocument => profile;
    expect(document).toBeTypeOf("function");
  });
});
