import { describe, expect, it } from "vitest";
import type { CollectorEvent } from "../../../src/model/event.ts";
import { at, flow, outbound, profileOf } from "../events.ts";

describe("connects", () => {
  const get = (id: string, remote: string, more = {}) => flow(id, "192.0.2.1:50000", remote, { ...outbound, ...more });

  it("joins flows to one remote port, with failures by their errors", () => {
    const refused = { begun: false, failed: "ECONNREFUSED" };
    const profile = profileOf([
      get("a", "203.0.113.5:443", { callers: ["libc+0x1", "curl+0x2"] }),
      get("b", "203.0.113.5:443", { callers: ["libc+0x1", "curl+0x3"] }),
      get("c", "203.0.113.5:443", refused),
      get("d", "203.0.113.5:443", refused),
      get("e", "203.0.113.5:443", { begun: false, failed: "ETIMEDOUT" }),
    ]);
    expect(profile.connects).toMatchObject([
      {
        remote: { address: "203.0.113.5", port: 443 },
        flows: 2,
        failed: 3,
        errors: { ECONNREFUSED: 2, ETIMEDOUT: 1 },
        bytesIn: 22,
        callers: ["libc+0x1", "curl+0x2", "curl+0x3"],
        evidence: { source: "context" },
      },
    ]);
    expect(profile.coverage).toMatchObject({ flows: 2, failed: 3 });
  });

  it("names the address as it was asked for when the flow began", () => {
    const named = (name: string, seconds: number, address = "203.0.113.5"): CollectorEvent => ({
      kind: "name",
      at: at(seconds),
      name,
      addresses: [address],
    });
    const [row] = profileOf([
      named("old.example", 0.1),
      named("new.example", 0.2),
      get("a", "203.0.113.5:443"),
    ]).connects;
    expect(row).toMatchObject({ name: "new.example", names: ["old.example", "new.example"] });
    const [late] = profileOf([get("a", "203.0.113.5:443"), named("later.example", 9)]).connects;
    expect(late).not.toHaveProperty("name");
    const [mapped] = profileOf([named("v4.example", 0.1), get("a", "::ffff:203.0.113.5:443")]).connects;
    expect(mapped).toMatchObject({ name: "v4.example" });
  });

  it("cannot give a row to an exchange without a peer, so it is a gap", () => {
    const { remote: _, ...event } = get("a", "203.0.113.5:443", { protocol: "udp" });
    const profile = profileOf([event]);
    expect(profile).toMatchObject({ usesNetwork: true, complete: false, connects: [], gaps: [{ lost: 1 }] });
    expect(profile.coverage.connectsWithoutPeer).toBe(1);
  });

  it("lets the most doubtful evidence speak, with every candidate", () => {
    const profile = profileOf([
      get("a", "203.0.113.5:443"),
      get("b", "203.0.113.5:443", { evidence: { source: "ambiguous", candidates: [9, 7] } }),
      get("c", "203.0.113.5:443", { evidence: { source: "ambiguous", candidates: [7, 8] } }),
    ]);
    expect(profile.connects[0]?.evidence).toEqual({ source: "ambiguous", candidates: [7, 8, 9] });
  });
});
