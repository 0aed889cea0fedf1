import { expect, it } from "vitest";
import { featuresLine } from "../../../src/cli/run/report-cells.ts";
import { flow, outbound, profileOf } from "../../analyze/events.ts";

const [connect] = profileOf([flow("f", "192.0.2.1:5000", "198.51.100.3:443", outbound)]).connects;
const line = (
  features: string[],
  attribution?: { feature: string; seenIn: number; of: number; confidence: number }[],
) =>
  connect &&
  featuresLine([{ ...connect, features, ...(attribution && { attribution }) }], (text) => text.toUpperCase());

it("names the functions that a row belongs to, how often, and what goes on in the background", () => {
  expect(line([])).toEqual([]);
  expect(line(["sync"])).toEqual(["for SYNC"]);
  expect(line(["sync"], [{ feature: "sync", seenIn: 2, of: 3, confidence: 0.67 }])).toEqual(["for SYNC (2 of 3)"]);
  expect(
    line(
      ["sync", "web"],
      ["sync", "web"].map((feature) => ({ feature, seenIn: 3, of: 3, confidence: 0 })),
    ),
  ).toEqual(["in the background of SYNC (3 of 3), WEB (3 of 3)"]);
});
