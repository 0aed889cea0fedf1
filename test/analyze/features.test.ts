import { describe, expect, it } from "vitest";
import { attributed } from "../../src/analyze/features.ts";

const mark = (feature: string, at: number) => ({ feature, at });
const [idle, a1, a2, a3, b1, b2] = [
  mark("idle", 1),
  mark("a", 2),
  mark("a", 4),
  mark("a", 6),
  mark("b", 3),
  mark("b", 5),
];
const marks = [idle, a1, b1, a2, b2, a3];

describe("attribution", () => {
  it("is certain of what every repetition does and nothing else", () => {
    expect(attributed(new Set([a1, a2, a3]), marks)).toEqual([{ feature: "a", seenIn: 3, of: 3, confidence: 1 }]);
  });

  it("is less sure of what not every repetition does", () => {
    expect(attributed(new Set([a1, a3]), marks)).toEqual([{ feature: "a", seenIn: 2, of: 3, confidence: 0.67 }]);
  });

  it("has no confidence in what goes on in the background", () => {
    const of = attributed(new Set(marks), marks);
    expect(of.map(({ feature, confidence }) => [feature, confidence])).toEqual([
      ["a", 0],
      ["b", 0],
      ["idle", 0],
    ]);
  });

  it("names nothing that was not seen", () => {
    expect(attributed(new Set(), marks)).toEqual([]);
  });
});
