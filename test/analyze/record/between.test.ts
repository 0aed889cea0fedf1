import { describe, expect, it } from "vitest";
import { gapBetween } from "../../../src/analyze/record/between.ts";
import type { RecorderLife } from "../../../src/model/record.ts";
import { at } from "../events.ts";

const life: RecorderLife = {
  startedAt: at(0),
  until: at(100),
  ended: true,
  host: "harbour",
  collector: "ebpf",
  version: "1",
  bootId: "one",
};

describe("between two recorders", () => {
  it.each([
    [{ ended: true }, "one", "no recorder ran: it had been stopped"],
    [{ ended: false }, "one", "no recorder ran: it ended without a goodbye"],
    [{ ended: true }, "two", "no recorder ran: the machine was restarted"],
    [{ ended: false }, "two", "no recorder ran: it ended without a goodbye, and the machine was restarted since"],
    [{ ended: false }, undefined, "no recorder ran: it ended without a goodbye"],
  ])("%o and then boot %s", (before, bootId, reason) => {
    expect(gapBetween({ ...life, ...before }, at(123), bootId)).toEqual({ from: at(100), until: at(123), reason });
  });

  it("there is no gap before the first one", () => {
    expect(gapBetween(undefined, at(123), "one")).toBeUndefined();
  });

  it("the time is not known where the clock was set back", () => {
    expect(gapBetween(life, at(23), "one")).toEqual({
      from: at(23),
      until: at(23),
      reason: "no recorder ran: it had been stopped; for how long is not known, since the clock was set back",
    });
  });
});
