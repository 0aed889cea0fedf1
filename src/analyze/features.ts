import type { Mark } from "../model/mark.ts";
import type { ProfileAttribution } from "../model/profile.ts";

/**
 * How surely something belongs to each function that was exercised when it was seen. `seen`: the marks that it was seen
 * under; `marks`: all those under which it could have been. Confidence is the share of a function's marks under which it
 * was seen, less the largest such share of another function: 1 for what every repetition of one function does and
 * nothing else, and 0 for what goes on in the background.
 */
export function attributed(seen: ReadonlySet<Mark>, marks: readonly Mark[]): ProfileAttribution[] {
  const all = Map.groupBy(new Set([...seen, ...marks]), ({ feature }) => feature);
  const shares = [...all].map(([feature, of]) => {
    const seenIn = of.filter((mark) => seen.has(mark)).length;
    return { feature, seenIn, of: of.length, share: seenIn / of.length };
  });
  return shares
    .filter(({ seenIn }) => seenIn > 0)
    .map(({ feature, seenIn, of, share }) => {
      const others = shares.filter((other) => other.feature !== feature).map((other) => other.share);
      return { feature, seenIn, of, confidence: Math.round(Math.max(0, share - Math.max(0, ...others)) * 100) / 100 };
    })
    .sort((a, b) => b.confidence - a.confidence || (a.feature < b.feature ? -1 : 1));
}
