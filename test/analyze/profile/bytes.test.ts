import { describe, expect, it } from "vitest";
import { flow, listen, profileOf } from "../events.ts";

describe("bytes", () => {
  const open = listen("s", "0.0.0.0", 80);
  const uncounted = { bytesIn: undefined, bytesOut: undefined };

  function without(event: ReturnType<typeof flow>) {
    const { bytesIn: _in, bytesOut: _out, ...rest } = event;
    return rest;
  }

  it("adds the pieces of one flow", () => {
    const begin = without(flow("f", "192.0.2.1:80", "192.0.2.7:1", { ended: false }));
    const sweep = flow("f", "192.0.2.1:80", "192.0.2.7:1", { begun: false, ended: false });
    const end = flow("f", "192.0.2.1:80", "192.0.2.7:1", { begun: false });
    expect(profileOf([open, begin, sweep, end]).listens).toMatchObject([{ flows: 1, bytesIn: 22, bytesOut: 26 }]);
  });

  it("is absent where none could be counted", () => {
    const [row] = profileOf([open, without(flow("f", "192.0.2.1:80", "192.0.2.7:1"))]).listens;
    expect(row?.flows).toBe(1);
    expect({ bytesIn: row?.bytesIn, bytesOut: row?.bytesOut }).toEqual(uncounted);
    expect(row).not.toHaveProperty("bytesPartial");
  });

  it("is marked as a lower bound where some could not be counted", () => {
    const known = flow("f", "192.0.2.1:80", "192.0.2.7:1");
    const unknown = without(flow("g", "192.0.2.1:80", "192.0.2.7:2"));
    expect(profileOf([open, known, unknown]).listens).toMatchObject([{ bytesIn: 11, bytesPartial: true }]);
  });

  it("is zero for a listener that nobody used, but absent where polling may have missed them", () => {
    expect(profileOf([open]).listens).toMatchObject([{ flows: 0, bytesIn: 0, bytesOut: 0 }]);
    const [polled] = profileOf([listen("s", "0.0.0.0", 80, { evidence: { source: "polled" } })]).listens;
    expect(polled).not.toHaveProperty("flows");
    expect(polled).not.toHaveProperty("bytesIn");
  });
});
