import { isMap, isNode, isScalar, isSeq, type Node, type Pair } from "yaml";
import type { Issues } from "./issues.ts";

/** The values of a mapping by their keys. Absent keys are absent here too. */
export type FieldNodes<Key extends string> = { node: Node; values: Partial<Record<Key, Node>> };

/** Reads a mapping whose keys are all known; anything else becomes an issue. */
export function readFields<Key extends string>(
  node: unknown,
  keys: readonly Key[],
  what: string,
  issues: Issues,
): FieldNodes<Key> | undefined {
  if (!isMap(node)) {
    issues.add(asNode(node), `${what} must be a mapping with the keys ${keys.join(", ")}`);
    return undefined;
  }
  const values: Partial<Record<Key, Node>> = {};
  for (const pair of node.items) {
    const key = keyOf(pair);
    const known = keys.find((one) => one === key);
    if (known === undefined) {
      issues.add(asNode(pair.key) ?? node, `unknown key ${quoted(key)} in ${what}; known are ${keys.join(", ")}`);
    } else {
      const value = asNode(pair.value) ?? asNode(pair.key);
      if (value !== undefined) values[known] = value;
    }
  }
  return { node, values };
}

function keyOf(pair: Pair): unknown {
  return isScalar(pair.key) ? pair.key.value : pair.key;
}

/** A list's items; absent and empty (`listens:`) are an empty list. */
export function readItems(node: Node | undefined, key: string, issues: Issues): Node[] {
  if (node === undefined || (isScalar(node) && node.value === null)) return [];
  if (isSeq(node)) return node.items.filter(isNode);
  issues.add(node, `${key} must be a list`);
  return [];
}

/** A text, not empty; absent gives nothing. */
export function readText(node: Node | undefined, key: string, issues: Issues): string | undefined {
  if (node === undefined) return undefined;
  if (isScalar(node) && typeof node.value === "string" && node.value.trim() !== "") return node.value;
  issues.add(
    node,
    `${key} must be a text${isScalar(node) && node.value !== null ? `: write ${key}: "${shown(node.value)}"` : ""}`,
  );
  return undefined;
}

/** One of a few words. */
export function readWord<Word extends string>(
  node: Node | undefined,
  words: readonly Word[],
  key: string,
  issues: Issues,
): Word | undefined {
  if (node === undefined) return undefined;
  const word = isScalar(node) ? words.find((one) => one === node.value) : undefined;
  if (word === undefined)
    issues.add(node, `${key} must be ${words.join(" or ")}${isScalar(node) ? `, not ${quoted(node.value)}` : ""}`);
  return word;
}

/** true or false; absent gives nothing. */
export function readFlag(node: Node | undefined, key: string, issues: Issues): boolean | undefined {
  if (node === undefined) return undefined;
  if (isScalar(node) && typeof node.value === "boolean") return node.value;
  issues.add(node, `${key} must be true or false`);
  return undefined;
}

/** A value as a message quotes it: bounded, and safe to print. */
export function quoted(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(shown(value)) : shown(value);
}

function shown(value: unknown): string {
  const text = typeof value === "object" && value !== null ? "a list or mapping" : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function asNode(node: unknown): Node | undefined {
  return isNode(node) ? node : undefined;
}
