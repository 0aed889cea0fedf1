/**
 * Pairs each expected row with a seen one of the same key, those that agree entirely first: several sockets may share
 * one endpoint. What is left on either side was missed, or invented.
 */
export function match<Expected, Found>(
  expected: readonly Expected[],
  found: readonly Found[],
  same: (expected: Expected, found: Found) => boolean,
  agrees: (expected: Expected, found: Found) => boolean,
): { pairs: { expected: Expected; found: Found | undefined }[]; extra: Found[] } {
  const free = new Set(found);
  const pairs = expected.map((row) => ({ expected: row, found: undefined as Found | undefined }));
  for (const test of [(e: Expected, f: Found) => same(e, f) && agrees(e, f), same]) {
    for (const pair of pairs) {
      if (pair.found !== undefined) continue;
      for (const candidate of free) {
        if (!test(pair.expected, candidate)) continue;
        pair.found = candidate;
        free.delete(candidate);
        break;
      }
    }
  }
  return { pairs, extra: [...free] };
}

/** Whether two lists of numbers hold the same ones, in whatever order. */
export function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  const other = new Set(b);
  return new Set(a).size === other.size && a.every((each) => other.has(each));
}
