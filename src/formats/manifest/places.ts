import { isMap, isNode, isSeq, LineCounter, parseDocument } from "yaml";

/**
 * The line of the file, from 1, on which each line of a manifest begins: listens first, then connects. `text` is one that
 * `parseManifest` takes.
 */
export function linePlaces(text: string): number[] {
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: lines });
  if (!isMap(contents)) return [];
  return ["listens", "connects"].flatMap((key) => {
    const list: unknown = contents.get(key, true);
    const items = isSeq(list) ? list.items.filter(isNode) : [];
    return items.map((item) => Math.max(1, lines.linePos(item.range?.[0] ?? 0).line));
  });
}
