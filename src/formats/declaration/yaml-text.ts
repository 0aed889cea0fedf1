import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
} from "yaml";
import { Problem } from "../../model/problem.ts";
import type { DeclarationFile } from "./importer.ts";

/** How many merged mappings (`<<`) are looked through for a key. */
const MERGED = 16;

/**
 * One document of a YAML file. Aliases and merge keys are followed when something is asked, never written out, so that a
 * few lines cannot stand for millions.
 */
export class YamlDocument {
  readonly root: Node;
  readonly #document: Document;
  readonly #place: (offset: number) => string;

  constructor(document: Document, root: Node, place: (offset: number) => string) {
    this.root = root;
    this.#document = document;
    this.#place = place;
  }

  /** The value at `path` below `node`; undefined where any part is missing or of another kind. */
  at(node: Node | undefined, ...path: string[]): Node | undefined {
    let found = this.#resolved(node);
    for (const key of path) found = this.#value(found, key, MERGED);
    return found;
  }

  /** The items of a list; nothing where it is none. */
  items(node: Node | undefined): Node[] {
    const list = this.#resolved(node);
    return isSeq(list) ? list.items.flatMap((item) => this.#resolved(item) ?? []) : [];
  }

  /** The entries of a mapping, by key. */
  entries(node: Node | undefined): [string, Node][] {
    const map = this.#resolved(node);
    if (!isMap(map)) return [];
    return map.items.flatMap(({ key, value }) => {
      const found = this.#resolved(value);
      return found === undefined ? [] : [[textOf(key) ?? "", found] as [string, Node]];
    });
  }

  /** `FILE:LINE` of a node. */
  sourceOf(node: Node): string {
    return this.#place(node.range?.[0] ?? 0);
  }

  #value(node: Node | undefined, key: string, left: number): Node | undefined {
    if (!isMap(node)) return undefined;
    const own = this.#resolved(node.get(key, true));
    if (own !== undefined || left === 0) return own;
    const merged = this.#resolved(node.get("<<", true));
    for (const other of isSeq(merged) ? this.items(merged) : [merged]) {
      const found = this.#value(other, key, left - 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #resolved(node: unknown): Node | undefined {
    const found = isAlias(node) ? node.resolve(this.#document) : node;
    return isNode(found) ? found : undefined;
  }
}

/** The documents of `file`. @throws Problem `bad-declaration` at the first mistake. */
export function readYaml({ file, text }: DeclarationFile): YamlDocument[] {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): string => `${file}:${Math.max(1, lines.linePos(offset).line)}`;
  return ("empty" in parsed ? [] : parsed).flatMap((document) => {
    const [error] = document.errors;
    if (error) {
      const column = lines.linePos(error.pos[0]).col;
      throw new Problem("bad-declaration", `${place(error.pos[0])}:${Math.max(1, column)}: ${error.message}`, {
        next: `correct ${file}`,
      });
    }
    return isNode(document.contents) ? [new YamlDocument(document, document.contents, place)] : [];
  });
}

/** A scalar as text; undefined for everything else. */
export function textOf(node: unknown): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  return typeof node.source === "string" && typeof node.value === "number" ? node.source : String(node.value);
}
