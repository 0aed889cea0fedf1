import { type Document, isScalar, isSeq, type Node } from "yaml";

/** New lines by the section that they belong to. */
export type NewLines = { listens: string[]; connects: string[] };

/** What to put in place of the text from `from` to `to`; `section` where it begins a section of its own. */
type Edit = { from: number; to: number; text: string; section: boolean };

/**
 * `text` with new lines behind the last one of each section, in the style of what is there: line ends and indentation.
 * It knows block lists (`- …`), empty and missing sections; for other layouts the result is not right, which the caller
 * checks.
 */
export function spliced(text: string, document: Document, fresh: NewLines): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const whole = text.endsWith("\n") ? text : text + newline;
  const edits = (["listens", "connects"] as const).flatMap((key) =>
    fresh[key].length === 0 ? [] : editsFor(whole, document, key, fresh[key], newline),
  );
  // From the back, so that an earlier place stays where it is. What goes in first at the same place ends up last: new
  // sections behind the lines of an old one, connects behind listens.
  const ordered = edits.toReversed().sort((a, b) => b.from - a.from || Number(b.section) - Number(a.section));
  return ordered.reduce((result, { from, to, text }) => result.slice(0, from) + text + result.slice(to), whole);
}

function editsFor(text: string, document: Document, key: string, lines: string[], newline: string): Edit[] {
  if (!document.has(key)) {
    return [{ ...insertion(text.length, [`${key}:`, ...dashed(lines, "  ")], newline), section: true }];
  }
  const value: unknown = document.get(key, true);
  if (isSeq(value) && value.items.length === 0) {
    const [from = 0, to = 0] = value.range ?? [];
    const blanks = from - text.slice(0, from).trimEnd().length;
    return [
      { from: from - blanks, to, text: "", section: false },
      insertion(lineEnd(text, to), dashed(lines, "  "), newline),
    ];
  }
  if (isScalar(value)) return [insertion(lineEnd(text, value.range?.[1] ?? 0), dashed(lines, "  "), newline)];
  const last = isSeq(value) ? value.items.at(-1) : undefined;
  if (last === undefined) return [];
  const { range } = last as Node;
  return [insertion(lineEnd(text, range?.[1] ?? 0), dashed(lines, indentOf(text, range?.[0] ?? 0)), newline)];
}

function insertion(at: number, lines: string[], newline: string): Edit {
  return { from: at, to: at, text: lines.map((line) => line + newline).join(""), section: false };
}

function dashed(lines: string[], indent: string): string[] {
  return lines.map((line) => `${indent}- ${line}`);
}

/** Where the line after `end` begins, so that a comment behind a value stays with it. */
function lineEnd(text: string, end: number): number {
  if (text[end - 1] === "\n") return end;
  const newline = text.indexOf("\n", end);
  return newline === -1 ? text.length : newline + 1;
}

/** The blanks before the dash of the item that begins at `start`. */
function indentOf(text: string, start: number): string {
  const dash = text.lastIndexOf("-", start - 1);
  return text.slice(text.lastIndexOf("\n", dash) + 1, dash);
}
