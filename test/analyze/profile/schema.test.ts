import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import * as profiles from "../../cli/run/report-profiles.ts";

const schema = JSON.parse(
  readFileSync(new URL("../../../docs/schema/portolan.profile.1.json", import.meta.url), "utf8"),
);
const ajv = new Ajv2020({ strict: true, formats: { "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/ } });
const valid = ajv.compile(schema);

describe("every profile is what its schema says", () => {
  it.each(Object.entries(profiles))("%s", (_, make) => {
    const profile = JSON.parse(JSON.stringify(make()));
    expect(valid(profile), JSON.stringify(valid.errors)).toBe(true);
  });

  it("and the schema would notice a wrong one", () => {
    expect(valid({ ...profiles.nothing(), gaps: [{ from: "yesterday" }] })).toBe(false);
  });
});

/** Every key of the document, so that a field that the schema does not describe is noticed. */
describe("every field of a profile is described", () => {
  it.each(Object.entries(profiles))("%s", (_, make) => {
    expect(undescribed(JSON.parse(JSON.stringify(make())), schema, "")).toEqual([]);
  });
});

type Schema = { properties?: Record<string, Schema>; items?: Schema; additionalProperties?: unknown };

function undescribed(value: unknown, schema: Schema, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => undescribed(item, schema.items ?? {}, `${path}[]`));
  if (typeof value !== "object" || value === null || schema.properties === undefined) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const described = schema.properties?.[key];
    return described === undefined ? [`${path}.${key}`] : undescribed(inner, described, `${path}.${key}`);
  });
}
