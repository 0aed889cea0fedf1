import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createProfile } from "../../../src/analyze/profile.ts";
import type { CollectorEvent } from "../../../src/model/event.ts";
import type { Mark } from "../../../src/model/mark.ts";
import { at, facts, flow, listen, outbound, process } from "../events.ts";

function profileWith(events: CollectorEvent[], marks: Mark[], more: { shutdown?: number; late?: boolean } = {}) {
  const builder = createProfile();
  for (const mark of marks) builder.mark(mark);
  if (more.shutdown !== undefined) builder.shutdown(more.shutdown);
  builder.add(events);
  return builder.finish(facts({ seenFromStart: more.late !== true }));
}

const marks = [
  { at: at(3), feature: "Sync now" },
  { at: at(5), feature: "Discovery" },
];
const connection = (id: string, seconds: number, peer: string) =>
  flow(id, "192.0.2.1:5000", peer, { ...outbound, startedAt: at(seconds), at: at(seconds) });

describe("what is seen between two marks", () => {
  it("belongs to the function of the first", () => {
    const { listens, connects } = profileWith(
      [
        listen("a", "0.0.0.0", 80),
        listen("b", "0.0.0.0", 81, { at: at(3) }),
        flow("in", "192.0.2.1:80", "192.0.2.7:5000", { startedAt: at(4), at: at(4) }),
        connection("c", 4, "198.51.100.3:443"),
        connection("d", 7, "198.51.100.3:443"),
        connection("e", 11, "198.51.100.3:53"),
      ],
      marks,
      { shutdown: at(11) },
    );
    expect(listens.map(({ port, features }) => [port, features])).toEqual([
      [80, ["start-up"]],
      [81, ["Sync now"]],
    ]);
    expect(connects.map(({ remote, features }) => [remote.port, features])).toEqual([
      [53, ["shutdown"]],
      [443, ["Sync now", "Discovery"]],
    ]);
  });

  it("is nothing where nobody marked", () => {
    const { listens } = profileWith([listen("a", "0.0.0.0", 80)], [], { shutdown: at(7) });
    expect(listens[0]?.features).toEqual([]);
  });

  it("is idle once nothing new has come for five seconds before the first mark", () => {
    const late = [{ at: at(30), feature: "Sync now" }];
    const events = [process(100), connection("c", 2, "198.51.100.3:443"), connection("d", 8, "198.51.100.3:443")];
    expect(profileWith(events, late).connects[0]?.features).toEqual(["start-up", "idle"]);
  });

  it("names no start-up that was not seen", () => {
    const { listens } = profileWith([listen("a", "0.0.0.0", 80)], marks, { late: true });
    expect(listens[0]?.features).toEqual([]);
  });
});

it("never invents: a function is named only where something happened while it was exercised", () => {
  const mark = fc.record({ at: fc.integer({ min: 1, max: 40 }).map(at), feature: fc.constantFrom("a", "b", "c") });
  const use = fc.record({ seconds: fc.integer({ min: 0, max: 41 }), port: fc.integer({ min: 1, max: 5 }) });
  fc.assert(
    fc.property(fc.array(mark, { minLength: 1, maxLength: 7 }), fc.array(use, { maxLength: 23 }), (raw, uses) => {
      const ordered = raw.toSorted((a, b) => a.at - b.at);
      const events = uses
        .toSorted((a, b) => a.seconds - b.seconds)
        .map(({ seconds, port }, i) => connection(`f${i}`, seconds, `198.51.100.3:${port}`));
      for (const { remote, features } of profileWith(events, ordered).connects) {
        const began = uses.filter(({ port }) => port === remote.port).map(({ seconds }) => at(seconds));
        const expected = began.map((moment) => ordered.findLast((one) => one.at <= moment)?.feature);
        const named = features.filter((name) => name !== "start-up" && name !== "idle");
        expect(new Set(named)).toEqual(new Set(expected.filter((name) => name !== undefined)));
      }
    }),
    { numRuns: 101 },
  );
});
