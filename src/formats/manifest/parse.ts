import {
  type Document,
  isAlias,
  isScalar,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
  type YAMLError,
} from "yaml";
import type { Manifest, ManifestConnect, ManifestListen } from "../../model/manifest.ts";
import { readFields, readItems, readText } from "./fields.ts";
import { Issues } from "./issues.ts";
import { readConnect, readListen } from "./lines.ts";

/** The schema that this program reads and writes. */
export const SCHEMA = "portolan.manifest/1";

/** Longest manifest that is read, in characters: no real one comes near. */
const LONGEST = 1 << 20;

/** A manifest, and the YAML document that it was read from. */
export type ParsedManifest = { manifest: Manifest; document: Document.Parsed<ParsedNode> };

/**
 * The manifest that `text` states. `file` is its name as messages show it.
 * Throws `bad-manifest` with every mistake at its `file:line:column`: no YAML, unknown keys, wrong types, ranges upside down, and
 * lines or keys stated twice.
 */
export function parseManifest(text: string, file: string): Manifest {
  return parseWithDocument(text, file).manifest;
}

/** As `parseManifest`, with the document for a rewrite. */
export function parseWithDocument(text: string, file: string): ParsedManifest {
  const issues = new Issues(file);
  if (text.length > LONGEST) issues.add(0, `a manifest is at most ${LONGEST} characters long`);
  issues.check();
  const document = parseDocument(text, { lineCounter: issues.lines, prettyErrors: false });
  for (const error of [...document.errors, ...document.warnings]) issues.add(error.pos[0], messageOf(error));
  issues.check();
  visit(document, {
    Alias: (_, node) => issues.add(node, "a manifest holds no aliases: write the value out"),
  });
  issues.check();
  const manifest = readManifest(document.contents ?? undefined, issues);
  issues.check();
  if (manifest === undefined) throw new Error("a manifest without issues can be read");
  return { manifest, document };
}

function messageOf(error: YAMLError): string {
  return error.code === "MULTIPLE_DOCS" ? "a manifest is one document, and here a second begins" : error.message;
}

function readManifest(node: Node | undefined, issues: Issues): Manifest | undefined {
  const fields = readFields(node, ["schema", "application", "listens", "connects"], "a manifest", issues);
  if (fields === undefined) return undefined;
  const { schema, application, listens, connects } = fields.values;
  if (!isScalar(schema) || schema.value !== SCHEMA) {
    issues.add(schema ?? fields.node, `a manifest begins with "schema: ${SCHEMA}"`);
  }
  if (application === undefined) issues.add(fields.node, "a manifest names its application: application: NAME");
  const manifest = {
    application: readText(application, "application", issues),
    listens: readLines(readItems(listens, "listens", issues), readListen, issues),
    connects: readLines(readItems(connects, "connects", issues), readConnect, issues),
  };
  return manifest.application === undefined ? undefined : { ...manifest, application: manifest.application };
}

function readLines<Line extends ManifestListen | ManifestConnect>(
  nodes: Node[],
  read: (node: Node, issues: Issues) => Line | undefined,
  issues: Issues,
): Line[] {
  const seen = new Set<string>();
  return nodes.flatMap((node) => {
    if (isAlias(node)) return [];
    const line = read(node, issues);
    if (line === undefined) return [];
    const key = JSON.stringify({ ...line, reason: undefined, required: undefined });
    if (seen.has(key)) issues.add(node, "this line repeats an earlier one");
    seen.add(key);
    return [line];
  });
}
