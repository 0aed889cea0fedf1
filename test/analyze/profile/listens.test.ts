import { describe, expect, it } from "vitest";
import { at, flow, listen, profileOf, START } from "../events.ts";

describe("listens", () => {
  it("joins the owner, who accepted, the peers and the bytes", () => {
    const profile = profileOf([
      listen("s", "0.0.0.0", 80),
      flow("a", "192.0.2.1:80", "192.0.2.7:5000"),
      flow("b", "192.0.2.1:80", "192.0.2.8:5000"),
      flow("c", "192.0.2.1:80", "192.0.2.8:5001", { process: { pid: 102, startedAt: START } }),
    ]);
    expect(profile.listens).toEqual([
      {
        protocol: "tcp",
        address: "0.0.0.0",
        port: 80,
        portChosenBy: "application",
        exposure: "network",
        networkNamespace: 1,
        pids: [100, 101, 102],
        flows: 3,
        bytesIn: 33,
        bytesOut: 39,
        features: [],
        evidence: { source: "accept" },
        firstSeen: "2026-11-23T09:00:00.000000Z",
        lastSeen: "2026-11-23T09:00:12.000000Z",
        peers: [
          { address: "192.0.2.8", flows: 2 },
          { address: "192.0.2.7", flows: 1 },
        ],
      },
    ]);
  });

  it("names each process that holds a socket which was open before", () => {
    const holder = (pid: number) =>
      listen("s", "0.0.0.0", 80, { process: { pid, startedAt: START }, evidence: { source: "holder" } });
    const [row] = profileOf([holder(100), holder(101), holder(102)]).listens;
    expect(row).toMatchObject({ pids: [100, 101, 102], evidence: { source: "holder" } });
  });

  it("gives a flow to the exact address first, then to the wildcard", () => {
    const profile = profileOf([
      listen("any", "0.0.0.0", 80),
      listen("one", "192.0.2.1", 80),
      flow("a", "192.0.2.1:80", "192.0.2.7:5000"),
      flow("b", "192.0.2.2:80", "192.0.2.7:5001"),
      flow("c", "192.0.2.3:80", "192.0.2.7:5002"),
    ]);
    expect(profile.listens.map((row) => [row.address, row.flows])).toEqual([
      ["0.0.0.0", 2],
      ["192.0.2.1", 1],
    ]);
  });

  it("gives a flow to the listener that was open when the flow began", () => {
    const profile = profileOf([
      listen("one", "192.0.2.1", 80),
      { kind: "unlisten", at: at(1), socket: "one" },
      listen("any", "0.0.0.0", 80, { at: at(2) }),
      flow("a", "192.0.2.1:80", "192.0.2.7:5000", { startedAt: at(3), at: at(4) }),
    ]);
    expect(profile.listens.map((row) => [row.address, row.flows])).toEqual([
      ["0.0.0.0", 1],
      ["192.0.2.1", 0],
    ]);
  });

  it("lets the wildcard of IPv6 serve IPv4 too, mapped or not", () => {
    const profile = profileOf([
      listen("s", "::", 80),
      flow("a", "::ffff:192.0.2.1:80", "::ffff:192.0.2.7:5000"),
      flow("b", "192.0.2.1:80", "192.0.2.7:5001"),
      flow("c", "2001:db8::1:80", "2001:db8::7:5000"),
    ]);
    expect(profile.listens.map((row) => [row.address, row.flows])).toEqual([["::", 3]]);
  });

  it("keeps IPv4 and IPv6 wildcards apart", () => {
    const profile = profileOf([
      listen("4", "0.0.0.0", 80),
      listen("6", "::", 80),
      flow("a", "192.0.2.1:80", "192.0.2.7:5000"),
      flow("b", "2001:db8::1:80", "2001:db8::7:5000"),
      flow("c", "2001:db8::1:80", "2001:db8::7:5001"),
    ]);
    expect(profile.listens.map((row) => [row.address, row.flows])).toEqual([
      ["0.0.0.0", 1],
      ["::", 2],
    ]);
  });

  it("keeps network namespaces and protocols apart", () => {
    const profile = profileOf([
      listen("a", "0.0.0.0", 53),
      listen("b", "0.0.0.0", 53, { networkNamespace: 2 }),
      listen("c", "0.0.0.0", 53, { protocol: "udp" }),
      flow("f", "192.0.2.1:53", "192.0.2.7:5000", { networkNamespace: 2 }),
      flow("g", "192.0.2.1:53", "192.0.2.7:5000", { protocol: "udp" }),
      flow("h", "192.0.2.1:53", "192.0.2.7:5001", { protocol: "udp" }),
    ]);
    expect(profile.listens.map((row) => [row.protocol, row.networkNamespace, row.flows])).toEqual([
      ["tcp", 1, 0],
      ["tcp", 2, 1],
      ["udp", 1, 2],
    ]);
  });

  it("tells of a listener that only its flows show, without saying who chose its port", () => {
    const [row] = profileOf([flow("f", "192.0.2.1:22", "192.0.2.7:5000")]).listens;
    expect(row).toMatchObject({ address: "192.0.2.1", port: 22, flows: 1, firstSeen: "2026-11-23T09:00:01.000000Z" });
    expect(row).not.toHaveProperty("portChosenBy");
  });

  it("counts sockets that share a port, and one after another, as one", () => {
    const profile = profileOf([
      listen("a", "0.0.0.0", 80),
      listen("b", "0.0.0.0", 80, { process: { pid: 103, startedAt: START } }),
      { kind: "unlisten", at: at(3), socket: "a" },
      { kind: "unlisten", at: at(5), socket: "b" },
    ]);
    expect(profile.listens).toMatchObject([{ pids: [100, 103], lastSeen: "2026-11-23T09:00:05.000000Z" }]);
  });

  it("keeps 23 ports that the system chose as 23 rows", () => {
    const events = Array.from({ length: 23 }, (_, i) =>
      listen(`s${i}`, "0.0.0.0", 40000 + i, { portChosenBy: "system" }),
    );
    expect(profileOf(events).listens.filter((row) => row.portChosenBy === "system")).toHaveLength(23);
  });

  it("counts a flow whose peer is unknown, and calls that a gap", () => {
    const { remote: _, ...event } = flow("f", "192.0.2.1:514", "192.0.2.7:1", { protocol: "udp" });
    const profile = profileOf([listen("s", "0.0.0.0", 514, { protocol: "udp" }), event]);
    expect(profile.listens).toMatchObject([{ flows: 1, peers: [], peersUnknown: 1 }]);
    expect(profile.gaps).toMatchObject([{ lost: 1 }]);
  });
});
