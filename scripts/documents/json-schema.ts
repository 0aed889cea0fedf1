import type { DocumentDefinition, Field, Fields, Type } from "../../src/model/columns.ts";

/** The JSON Schema (2020-12) of a document. Unknown properties are allowed: fields may be added within a major version. */
export function jsonSchema(document: DocumentDefinition): object {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: schemaFileName(document),
    title: document.schema,
    description: document.text,
    ...objectSchema(document.fields),
  };
}

/** `portolan.snapshot/1` is described in `portolan.snapshot.1.json`. */
export function schemaFileName(document: DocumentDefinition): string {
  return `${document.schema.replace("/", ".")}.json`;
}

function objectSchema(fields: Fields): object {
  const entries = Object.entries(fields);
  return {
    type: "object",
    properties: Object.fromEntries(entries.map(([name, field]) => [name, fieldSchema(field)])),
    required: entries.filter(([, field]) => !field.optional).map(([name]) => name),
    additionalProperties: true,
  };
}

function fieldSchema(field: Field): object {
  const unit = field.unit === undefined ? "" : ` Unit: ${field.unit}.`;
  return { description: field.text + unit, ...typeSchema(field.type) };
}

function typeSchema(type: Type): object {
  if (type === "time") return { type: "string", format: "date-time" };
  if (type === "value") return {};
  if (typeof type === "string") return { type };
  if ("list" in type) return { type: "array", items: typeSchema(type.list) };
  if ("record" in type) return { type: "object", additionalProperties: typeSchema(type.record) };
  if ("fields" in type) return objectSchema(type.fields);
  return { enum: type };
}
