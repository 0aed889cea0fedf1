import { describe, expect, it } from "vitest";
import { manifestFromProfile } from "../../../src/formats/manifest/from-profile.ts";
import { mergeManifest } from "../../../src/formats/manifest/merge.ts";
import { parseManifest } from "../../../src/formats/manifest/parse.ts";
import type { Profile } from "../../../src/model/profile.ts";
import { profileWith, seenConnect, seenListen } from "./profiles.ts";

const RESOLVERS = ["192.0.2.53", "2001:db8::53"];
const HEAD = "schema: portolan.manifest/1\napplication: x\n";

function merged(text: string, profile: Profile): string {
  return mergeManifest(text, "m.yaml", profile, RESOLVERS);
}

const web = profileWith({
  listens: [seenListen({ port: 80 })],
  connects: [seenConnect({ port: 443, name: "a.example" })],
});
const LISTEN_80 = "  - { protocol: tcp, port: 80, scope: network }\n";
const CONNECT_443 = '  - { protocol: tcp, port: 443, peers: ["a.example"] }\n';

describe("a new manifest", () => {
  it("reads as if it were written by hand", () => {
    const profile = profileWith({
      application: "example-sync",
      listens: [
        seenListen({ port: 80, address: "0.0.0.0" }),
        seenListen({ port: 80, address: "::" }),
        seenListen({ port: 80, address: "127.0.0.1" }),
        seenListen({ port: 8384, address: "127.0.0.1" }),
        seenListen({ port: 40001, portChosenBy: "system" }),
        seenListen({ port: 40003, portChosenBy: "system" }),
        ...[9, 8, 7, 6, 5, 4, 3, 2, 20].map((port) => seenListen({ port, protocol: "udp" })),
      ],
      connects: [
        seenConnect({ port: 443, name: "b.example" }),
        seenConnect({ port: 443, name: "a.example", address: "203.0.113.6" }),
        seenConnect({ port: 443, address: "2001:db8::7" }),
        seenConnect({ port: 53, address: "192.0.2.53", protocol: "udp", name: "ns.example" }),
        seenConnect({ port: 53, address: "192.0.2.54", protocol: "udp" }),
        seenConnect({ port: 5432, address: "::1" }),
        seenConnect({ port: 5433, name: "any" }),
      ],
    });
    expect(
      manifestFromProfile(profile, RESOLVERS),
    ).toBe(`# Seen on 2026-11-23. A line may also say: feature, reason, required.
# Watched for 12 s: one start, from the first instruction.
schema: portolan.manifest/1
application: example-sync
listens:
${LISTEN_80}  - { protocol: tcp, port: dynamic, scope: network }
  - { protocol: udp, port: [2-9, 20], scope: network }
  - { protocol: tcp, port: 8384, scope: loopback }
connects:
  - { protocol: tcp, port: 443, peers: ["b.example", "a.example", "2001:db8::7"] }
  - { protocol: udp, port: 53, peers: ["resolver", "192.0.2.54"] }
  - { protocol: tcp, port: 5432, peers: ["loopback"] }
  - { protocol: tcp, port: 5433, peers: ["203.0.113.5"] }
`);
  });

  it.each(["true", "null", "5", "1e3", "~", "a: b", "- x", "x #y", "\x1b[2J\n", "\u202e\u{e0001}", "*", "naïve", ""])(
    "keeps the application's name %j",
    (application) => {
      const text = manifestFromProfile(profileWith({ application }), RESOLVERS);
      if (application === "") expect(() => parseManifest(text, "m.yaml")).toThrow("application must be a text");
      else expect(parseManifest(text, "m.yaml").application).toBe(application);
      expect(["\x1b", "\u202e"].filter((hidden) => text.includes(hidden))).toEqual([]);
    },
  );

  it("is what an empty file becomes", () => {
    expect(merged(" \n", web)).toBe(manifestFromProfile(web, RESOLVERS));
  });
});

describe("an existing manifest", () => {
  it("keeps every byte of a layout that people use, comments and order too", () => {
    const before = `# ours
${HEAD}connects:   # first
    -   protocol: tcp
        port:   [ 1,2 ]   # two
        peers:
          - any

# the ports
listens:
- {protocol: udp, port: 5353, scope: network, reason: 'mDNS'}  # keep
# last
`;
    expect(merged(before, web)).toBe(
      before
        .replace("          - any\n", `          - any\n    - { protocol: tcp, port: 443, peers: ["a.example"] }\n`)
        .replace("# keep\n", "# keep\n- { protocol: tcp, port: 80, scope: network }\n"),
    );
  });

  it.each([
    ["missing sections", HEAD, `${HEAD}listens:\n${LISTEN_80}connects:\n${CONNECT_443}`],
    ["no line end at the end", HEAD.trimEnd(), `${HEAD}listens:\n${LISTEN_80}connects:\n${CONNECT_443}`],
    [
      "one section, and an odd layout",
      `${HEAD}connects:\n    -   { protocol: tcp,   port: 1, peers: [any] }\n`,
      `${HEAD}connects:\n    -   { protocol: tcp,   port: 1, peers: [any] }\n  ${CONNECT_443}listens:\n${LISTEN_80}`,
    ],
    [
      "empty sections",
      `${HEAD}listens: [] # none\nconnects:\n`,
      `${HEAD}listens: # none\n${LISTEN_80}connects:\n${CONNECT_443}`,
    ],
  ])("grows from %s", (_, before, after) => expect(merged(before, web)).toBe(after));

  it("keeps the line ends of Windows", () => {
    const after = merged(`${HEAD}listens:\n${LISTEN_80.replace("80", "81")}`.replaceAll("\n", "\r\n"), web);
    expect(after.replaceAll("\r\n", "")).not.toContain("\n");
    expect(parseManifest(after, "m.yaml").listens).toHaveLength(2);
  });

  it.each([
    ["a flow list", `${HEAD}listens: [{ protocol: tcp, port: 1, scope: network }] # one\n`],
    [
      "JSON",
      '{"schema":"portolan.manifest/1","application":"x","listens":[{"protocol":"tcp","port":1,"scope":"network"}]}',
    ],
    ["the end of the document marked", `${HEAD}listens:\n${LISTEN_80.replace("80", "1")}...\n`],
    ["a dash on a line of its own", `${HEAD}listens:\n  -\n    protocol: tcp\n    port: 1\n    scope: network\n`],
  ])("is right, if not as beautiful, where the layout is rare: %s", (_, before) => {
    const after = parseManifest(merged(before, web), "m.yaml");
    expect(after.listens.map((line) => line.ports)).toEqual([[{ from: 1, to: 1 }], [{ from: 80, to: 80 }]]);
    expect(after.connects).toMatchObject([{ peers: ["a.example"] }]);
  });

  it("throws for a text that is none, and names the file", () => {
    expect(() => merged("hello", web)).toThrow("m.yaml:1:1: ");
  });
});

describe("what is stated", () => {
  const listens = (line: string) => `${HEAD}listens:\n  - { ${line} }\n`;
  const connects = (line: string) => `${HEAD}connects:\n  - { ${line} }\n`;

  it.each([
    ["the port", listens("protocol: tcp, port: 80, scope: network"), { port: 80 }],
    ["the network for the loopback", listens("protocol: tcp, port: 80, scope: network"), { port: 80, address: "::1" }],
    ["a range", listens("protocol: tcp, port: 70-90, scope: network"), { port: 80 }],
    ["a list", listens("protocol: tcp, port: [79, 80], scope: network"), { port: 80 }],
    [
      "dynamic",
      listens("protocol: tcp, port: dynamic, scope: network"),
      { port: 40001, portChosenBy: "system" as const },
    ],
  ])("covers a listen by %s", (_, text, seen) => {
    expect(merged(text, profileWith({ listens: [seenListen(seen)] }))).toBe(text);
  });

  it.each([
    ["another protocol", listens("protocol: udp, port: 80, scope: network"), { port: 80 }],
    ["another port", listens("protocol: tcp, port: 81-90, scope: network"), { port: 80 }],
    ["the loopback for the network", listens("protocol: tcp, port: 80, scope: loopback"), { port: 80 }],
    [
      "dynamic for a port that the program chose",
      listens("protocol: tcp, port: dynamic, scope: network"),
      { port: 80 },
    ],
  ])("does not cover a listen by %s", (_, text, seen) => {
    expect(merged(text, profileWith({ listens: [seenListen(seen)] }))).toBe(`${text}${LISTEN_80}`);
  });

  it.each([
    ["any", { address: "203.0.113.5" }],
    ["loopback", { address: "::ffff:127.0.0.2" }],
    ["lan", { address: "192.168.7.7" }],
    ["lan", { address: "fe80::1%eth0" }],
    ["resolver", { address: "2001:db8:0::53" }],
    ["resolver", { address: "::ffff:192.0.2.53" }],
    ["203.0.113.0/24", { address: "203.0.113.5" }],
    ["203.0.113.4/31", { address: "::ffff:203.0.113.5" }],
    ["2001:db8::/33", { address: "2001:db8:7fff::1" }],
    ["203.0.113.5", { address: "203.0.113.5", name: "a.example" }],
    ["A.Example.", { address: "203.0.113.5", name: "a.example" }],
    ["*.example", { address: "203.0.113.5", name: "a.b.example" }],
  ])("covers a connect by the peer %s", (peer, seen) => {
    const text = connects(`protocol: tcp, port: 443, peers: ["${peer}"]`);
    expect(merged(text, profileWith({ connects: [seenConnect({ port: 443, ...seen })] }))).toBe(text);
  });

  it.each([
    ["loopback", { address: "128.0.0.1" }],
    ["lan", { address: "172.32.0.1" }],
    ["lan", { address: "127.0.0.1" }],
    ["resolver", { address: "192.0.2.54" }],
    ["203.0.113.4/31", { address: "203.0.113.6" }],
    ["2001:db8::/33", { address: "2001:db8:8000::1" }],
    ["0.0.0.0/0", { address: "2001:db8::1" }],
    ["a.example", { address: "203.0.113.5" }],
    ["*.example", { address: "203.0.113.5", name: "example" }],
    ["*.example", { address: "203.0.113.5", name: "badexample" }],
  ])("does not cover a connect by the peer %s", (peer, seen) => {
    const text = connects(`protocol: tcp, port: 443, peers: ["${peer}"]`);
    const after = merged(text, profileWith({ connects: [seenConnect({ port: 443, ...seen })] }));
    expect(after.startsWith(text)).toBe(true);
    expect(parseManifest(after, "m.yaml").connects).toHaveLength(2);
  });
});
