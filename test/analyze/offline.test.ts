import { describe, expect, test } from "vitest";
import { withOffline } from "../../src/analyze/offline.ts";
import type { CollectorEvent } from "../../src/model/event.ts";
import { at, flow, listen, outbound, process, profileOf, START } from "./events.ts";

const run = { loopback: true, ended: true };
const mine = { ...outbound, process: { pid: 100, startedAt: START } };
const vain = (id: string, remote: string, second: number): CollectorEvent =>
  flow(id, "0.0.0.0:0", remote, {
    ...mine,
    begun: false,
    failed: "ENETUNREACH",
    at: at(second),
    startedAt: at(second),
  });
const local = flow("l", "127.0.0.1:40000", "127.0.0.1:6379", mine);

function need(events: CollectorEvent[], exitStatus: number, how: Partial<typeof run> = {}) {
  return withOffline(profileOf([process(100), ...events], { exitStatus }), { ...run, ...how }).offline;
}

describe("an application without a network", () => {
  test("that used none and ended well needs none", () => {
    expect(need([], 0)).toEqual({ loopback: true, ended: true, needsNetwork: "no", attempts: 0 });
  });

  test("that used its own machine only is content with loopback", () => {
    expect(need([local], 0)?.needsNetwork).toBe("loopback");
    expect(need([listen("a", "127.0.0.1", 8384)], 0)?.needsNetwork).toBe("loopback");
  });

  test("that tried in vain and ended well can do without", () => {
    expect(need([local, vain("v", "192.0.2.1:443", 1)], 0)?.needsNetwork).toBe("optional");
  });

  test("that tried in vain and failed needs one; the earliest attempt counts", () => {
    const answer = need(
      [vain("a", "192.0.2.1:443", 3), vain("b", "192.0.2.53:53", 1), vain("c", "192.0.2.53:53", 2)],
      6,
    );
    expect(answer).toMatchObject({ needsNetwork: "yes", attempts: 3 });
    expect(answer?.firstAttempt).toMatchObject({ remote: { address: "192.0.2.53", port: 53 }, error: "ENETUNREACH" });
  });

  test("that failed without trying failed for another reason", () => {
    expect(need([], 1)?.needsNetwork).toBe("unclear");
    const refused = flow("r", "127.0.0.1:40000", "127.0.0.1:9", { ...mine, begun: false, failed: "ECONNREFUSED" });
    expect(need([refused], 1)?.needsNetwork).toBe("unclear");
    expect(need([refused], 1, { loopback: false })?.needsNetwork).toBe("yes");
  });

  test("that was ended by its time did not fail", () => {
    expect(need([listen("a", "0.0.0.0", 80)], 143, { ended: false })?.needsNetwork).toBe("loopback");
  });

  test("is not said to need none where something may have been missed", () => {
    expect(
      need(
        [{ kind: "gap", at: at(2), gap: { from: at(1), until: at(2), reason: "the ring buffer was full", lost: 23 } }],
        0,
      )?.needsNetwork,
    ).toBe("unclear");
  });
});
