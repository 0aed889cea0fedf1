import { describe, expect, test } from "vitest";
import { verify } from "../../../src/analyze/verify/verify.ts";
import { manifestFromProfile } from "../../../src/formats/manifest/from-profile.ts";
import { parseManifest } from "../../../src/formats/manifest/parse.ts";
import { linePlaces } from "../../../src/formats/manifest/places.ts";
import type { CollectorEvent } from "../../../src/model/event.ts";
import type { Profile } from "../../../src/model/profile.ts";
import { at, flow, listen, outbound, process, profileOf, START } from "../events.ts";

const RESOLVERS = ["192.0.2.53"];
const mine = { ...outbound, process: { pid: 100, startedAt: START } };
const GAP: CollectorEvent = {
  kind: "gap",
  at: at(2),
  gap: { from: at(1), until: at(2), reason: "the ring buffer was full", lost: 23 },
};

/** A synchroniser: a page for this machine, discovery for the network, and two peers. */
const SEEN: CollectorEvent[] = [
  process(100),
  listen("page", "127.0.0.1", 8384, { process: { pid: 100, startedAt: START } }),
  listen("discovery", "0.0.0.0", 21027, { protocol: "udp", process: { pid: 100, startedAt: START } }),
  flow("dns", "192.0.2.1:40000", "192.0.2.53:53", { ...mine, protocol: "udp" }),
  { kind: "name", at: START, name: "a.example.net", addresses: ["203.0.113.5"] },
  flow("a", "192.0.2.1:40001", "203.0.113.5:443", mine),
];

function answers(text: string, events: CollectorEvent[] = SEEN, facts: { commandFailed?: boolean } = {}) {
  return checked(text, profileOf(events), facts);
}

function checked(text: string, profile: Profile, { commandFailed = false } = {}) {
  const manifest = parseManifest(`schema: portolan.manifest/1\napplication: sync\n${text}`, "m.yaml");
  return verify(manifest, profile, { file: "m.yaml", resolvers: RESOLVERS, commandFailed });
}

const LISTENS = `listens:
  - { protocol: tcp, port: 8384, scope: loopback }
  - { protocol: udp, port: 21027, scope: network }
`;
const CONNECTS = `connects:
  - { protocol: udp, port: 53, peers: [resolver] }
  - { protocol: tcp, port: 443, peers: [a.example.net] }
`;

describe("a manifest", () => {
  test("that states exactly what was seen is kept", () => {
    const { answer, lines, broken } = answers(LISTENS + CONNECTS);
    expect(lines.map((line) => line.answer)).toEqual(["kept", "kept", "kept", "kept"]);
    expect(broken).toEqual([]);
    expect(answer).toBe("kept");
  });

  test("that was saved from a profile is kept by it", () => {
    const profile = profileOf(SEEN);
    const text = manifestFromProfile(profile, RESOLVERS);
    const manifest = parseManifest(text, "m.yaml");
    const places = linePlaces(text);
    const verification = verify(manifest, profile, {
      file: "m.yaml",
      places,
      resolvers: RESOLVERS,
      commandFailed: false,
    });
    expect(verification.answer).toBe("kept");
    expect(verification.lines.map(({ line }) => text.split("\n")[(line ?? 0) - 1])).toEqual(
      text.split("\n").filter((line) => line.startsWith("  - ")),
    );
  });

  test("is broken by one port more, with its owner", () => {
    const { answer, broken } = answers(LISTENS + CONNECTS, [
      ...SEEN,
      listen("extra", "0.0.0.0", 4444, { process: { pid: 100, startedAt: START } }),
    ]);
    expect(answer).toBe("broken");
    expect(broken).toMatchObject([{ use: "listen", port: 4444, exposure: "network", pids: [100] }]);
  });

  test("is broken by a listener that more can reach than is stated", () => {
    const events = [process(100), listen("page", "0.0.0.0", 8384)];
    expect(answers("listens: [{ protocol: tcp, port: 8384, scope: loopback }]", events).broken).toHaveLength(1);
  });

  test("is broken by a peer that is not stated, also where it was only tried", () => {
    const attempt = flow("x", "192.0.2.1:40002", "198.51.100.7:443", { ...mine, begun: false, failed: "ECONNREFUSED" });
    const { broken } = answers(LISTENS + CONNECTS, [...SEEN, attempt]);
    expect(broken).toMatchObject([{ use: "connect", remote: { address: "198.51.100.7", port: 443 }, attempted: true }]);
  });

  test("one line less is not seen, and breaks it where it is required", () => {
    const fewer = SEEN.filter((event) => event.kind !== "listen" || event.socket !== "discovery");
    const optional = answers(LISTENS + CONNECTS, fewer);
    expect([optional.answer, optional.lines[1]?.answer]).toEqual(["kept", "not-seen"]);
    const required = LISTENS.replace("scope: network }", "scope: network, required: true }");
    expect(answers(required + CONNECTS, fewer).answer).toBe("broken");
  });

  test("is unknown where a line was not seen and something may have been missed", () => {
    const fewer = SEEN.filter((event) => event.kind !== "listen");
    const required = LISTENS.replace("scope: network }", "scope: network, required: true }");
    const { answer, lines } = answers(required + CONNECTS, [...fewer, GAP]);
    expect(lines.map((line) => line.answer)).toEqual(["unknown", "unknown", "kept", "kept"]);
    expect(answer).toBe("unknown");
  });

  test("is broken by a gap neither where all was seen", () => {
    expect(answers(LISTENS + CONNECTS, [...SEEN, GAP]).answer).toBe("kept");
  });

  test("is not kept by a command that failed", () => {
    expect(answers(LISTENS + CONNECTS, SEEN, { commandFailed: true })).toMatchObject({
      answer: "broken",
      commandFailed: true,
    });
  });
});

describe("a line is wider than needed", () => {
  test.each([
    [
      "by ports of a range",
      "listens: [{ protocol: tcp, port: 8380-8390, scope: loopback }]",
      ["port 8380-8390 (only 8384)"],
    ],
    ["by ports of a list", "listens: [{ protocol: tcp, port: [8384, 9000], scope: loopback }]", ["port 9000"]],
    ["by its scope", "listens: [{ protocol: tcp, port: 8384, scope: network }]", ["scope network"]],
    [
      "by a pattern",
      'connects: [{ protocol: tcp, port: 443, peers: ["*.example.net"] }]',
      ["*.example.net (only a.example.net)"],
    ],
    [
      "by a block",
      "connects: [{ protocol: tcp, port: 443, peers: [203.0.113.0/24] }]",
      ["203.0.113.0/24 (only a.example.net)"],
    ],
    ["by any", "connects: [{ protocol: tcp, port: 443, peers: [any] }]", ["any (only a.example.net)"]],
    [
      "by a peer that nobody was",
      "connects: [{ protocol: tcp, port: 443, peers: [a.example.net, b.example.net] }]",
      ["b.example.net"],
    ],
  ])("%s", (_, text, unused) => {
    expect(answers(text).lines[0]).toMatchObject({ answer: "wider", unused });
  });

  test("but not by a block of which several were met", () => {
    const other = flow("b", "192.0.2.1:40003", "203.0.113.9:443", mine);
    const { lines } = answers("connects: [{ protocol: tcp, port: 443, peers: [203.0.113.0/24] }]", [...SEEN, other]);
    expect(lines[0]?.answer).toBe("kept");
  });
});
