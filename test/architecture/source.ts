import { readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import { parseAst } from "rolldown/parseAst";

const root = dirname(dirname(import.meta.dirname));

/** One import: what it names, and the line. `undefined` where the name is computed and nobody can judge it. */
export type Import = { specifier: string | undefined; line: number };

export type Source = {
  /** Relative to the repository, with slashes. */
  path: string;
  text: string;
  lines: number;
};

/** Every file below `folder` whose name ends with one of `endings`; in it alone where not `recursive`. */
export function filesBelow(folder: string, endings: string[], recursive = true): Source[] {
  const found: Source[] = [];
  for (const entry of readdirSync(join(root, folder), { recursive, withFileTypes: true })) {
    if (!entry.isFile() || !endings.includes(extname(entry.name))) continue;
    found.push(readSource(relative(root, join(entry.parentPath, entry.name))));
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function readSource(path: string): Source {
  const text = readFileSync(join(root, path), "utf8");
  return { path, text, lines: text.split("\n").length - 1 };
}

/** What a file imports: statements, re-exports, `import()` as an expression and as a type. */
export function importsOf(source: Source): Import[] {
  const found: Import[] = [];
  walk(parse(source), (node) => {
    if (!IMPORTING.has(node.type) || !node.source) return;
    found.push({ specifier: literal(node.source), line: lineAt(source.text, node.start) });
  });
  return found;
}

/** The clock, chance and output that a file uses without importing them, e.g. `Date.now`. */
export function ambientOf(source: Source): string[] {
  const found: string[] = [];
  walk(parse(source), (node) => {
    const text = source.text.slice(node.start, node.end);
    if (node.type === "MemberExpression" && AMBIENT.test(text)) found.push(text);
    if (node.type === "NewExpression" && /^new Date\(?\)?$/.test(text)) found.push(text);
    if (node.type === "CallExpression" && /^(fetch|setTimeout|setInterval|queueMicrotask)\(/.test(text))
      found.push(text);
  });
  return found;
}

const AMBIENT =
  /^(Date\.now|Math\.random|performance\.\w+|console\.\w+|process\.(env|argv|platform|hrtime|stdout|stderr|cwd|uptime))$/;

const IMPORTING = new Set([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
  "TSImportType",
]);

type Node = { type: string; start: number; end: number; source?: Node; value?: unknown; quasis?: Node[] };

function parse({ path, text }: Source): Node {
  return parseAst(text, { lang: "ts" }, path) as unknown as Node;
}

function literal(node: Node): string | undefined {
  if (typeof node.value === "string") return node.value;
  const [only, ...more] = node.quasis ?? [];
  if (only === undefined || more.length > 0) return undefined;
  return (only.value as { cooked?: string }).cooked;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const each of value) walk(each, visit);
  else if (typeof value === "object" && value !== null) {
    if ("type" in value && "start" in value) visit(value as Node);
    for (const each of Object.values(value)) walk(each, visit);
  }
}
