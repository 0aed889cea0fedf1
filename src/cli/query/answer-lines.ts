import type { Value } from "../../model/documents/field.ts";
import type { QueryPort } from "../../model/documents/query.ts";
import { visible } from "../visible.ts";

/** Lines of one answer that are shown; `--json` has all. */
const MOST = 40;
/** Items of a list that are shown in one line. */
const ITEMS = 16;

/** What a service answered, as indented lines: its fields by name, then its text. */
export function answerLines({ protocol, fields, text }: NonNullable<QueryPort["answer"]>, indent: string): string[] {
  const lines = fieldLines(fields, "  ");
  if (text !== undefined) lines.push(...textLines(text));
  const shown = lines.slice(0, MOST);
  if (lines.length > MOST) shown.push(`  … ${lines.length - MOST} more lines (--json has all)`);
  return [`answers ${protocol === "unknown" ? "in no protocol that was expected" : visible(protocol)}:`, ...shown].map(
    (line) => indent + line,
  );
}

function fieldLines(fields: { [name: string]: Value }, indent: string): string[] {
  const entries = Object.entries(fields);
  const width = Math.max(0, ...entries.map(([name, value]) => (isFields(value) ? 0 : visible(name).length)));
  return entries.flatMap(([name, value]) => {
    const shown = visible(name);
    if (isFields(value)) return [`${indent}${shown}:`, ...fieldLines(value, `${indent}  `)];
    if (Array.isArray(value) && value.some(isFields)) return [`${indent}${shown}:`, ...itemLines(value, `${indent}  `)];
    return [`${indent}${shown.padEnd(width)}  ${valueText(value)}`];
  });
}

/** A list of objects: each as its own block, told apart by a dash. */
function itemLines(items: Value[], indent: string): string[] {
  return items.flatMap((item) => {
    if (!isFields(item)) return [`${indent}- ${valueText(item)}`];
    const [first = "", ...rest] = fieldLines(item, `${indent}  `);
    return [`${indent}- ${first.trimStart()}`, ...rest];
  });
}

function isFields(value: Value): value is { [name: string]: Value } {
  return typeof value === "object" && !Array.isArray(value);
}

function valueText(value: Value): string {
  if (!Array.isArray(value)) return typeof value === "boolean" ? (value ? "yes" : "no") : visible(String(value));
  const shown = value.slice(0, ITEMS).map(valueText).join(", ");
  return value.length > ITEMS ? `${shown}, … ${value.length - ITEMS} more` : shown;
}

function textLines(text: string): string[] {
  return text
    .replace(/\r?\n$/, "")
    .split(/\r?\n/)
    .map((line) => `  | ${visible(line)}`.trimEnd());
}
