import { describe, expect, it } from "vitest";
import { parseManifest } from "../../../src/formats/manifest/parse.ts";
import { Problem } from "../../../src/model/problem.ts";

const CONTRACT = `schema: portolan.manifest/1
application: example-sync
listens:
  - { protocol: tcp, port: 8384, scope: loopback, feature: Web page, reason: "local administration", required: true }
  - { protocol: udp, port: 21027, scope: network, feature: Discovery, reason: "finds peers on the LAN" }
  - { protocol: tcp, port: dynamic, scope: loopback, feature: Helper }
connects:
  - { protocol: tcp, port: 443, peers: ["*.example.net"], feature: Sync now, reason: "uploads changes", required: true }
  - { protocol: udp, port: 53, peers: ["resolver"] }
`;

function problemOf(text: string): Problem {
  try {
    parseManifest(text, "m.yaml");
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("this text should not be a manifest");
}

describe("a manifest", () => {
  it("is read as the contract shows it", () => {
    expect(parseManifest(CONTRACT, "m.yaml")).toEqual({
      application: "example-sync",
      listens: [
        {
          protocol: "tcp",
          ports: [{ from: 8384, to: 8384 }],
          scope: "loopback",
          feature: "Web page",
          reason: "local administration",
          required: true,
        },
        {
          protocol: "udp",
          ports: [{ from: 21027, to: 21027 }],
          scope: "network",
          feature: "Discovery",
          reason: "finds peers on the LAN",
        },
        { protocol: "tcp", ports: "dynamic", scope: "loopback", feature: "Helper" },
      ],
      connects: [
        {
          protocol: "tcp",
          ports: [{ from: 443, to: 443 }],
          peers: ["*.example.net"],
          feature: "Sync now",
          reason: "uploads changes",
          required: true,
        },
        { protocol: "udp", ports: [{ from: 53, to: 53 }], peers: ["resolver"] },
      ],
    });
  });

  it("may have ports as lists and ranges, and sections that are empty or missing", () => {
    const text =
      "schema: portolan.manifest/1\napplication: x\nlistens:\n- {protocol: tcp, port: [80, 8000-8010], scope: network}\nconnects:\n";
    expect(parseManifest(text, "m.yaml")).toEqual({
      application: "x",
      listens: [
        {
          protocol: "tcp",
          ports: [
            { from: 80, to: 80 },
            { from: 8000, to: 8010 },
          ],
          scope: "network",
        },
      ],
      connects: [],
    });
  });
});

describe("what is no manifest", () => {
  const head = "schema: portolan.manifest/1\napplication: x\n";

  it.each([
    ["an empty text", "", "m.yaml:1:1: a manifest must be a mapping"],
    ["a list", "- 1\n", "m.yaml:1:1: a manifest must be a mapping"],
    ["broken YAML", `${head}listens: [`, "m.yaml:3:11: "],
    ["another schema", "schema: portolan.manifest/2\napplication: x\n", "m.yaml:1:9: a manifest begins with"],
    ["no schema", "application: x\n", "m.yaml:1:1: a manifest begins with"],
    ["no application", "schema: portolan.manifest/1\n", "m.yaml:1:1: a manifest names its application"],
    [
      "an application that is no text",
      "schema: portolan.manifest/1\napplication: 5\n",
      'm.yaml:2:14: application must be a text: write application: "5"',
    ],
    ["an unknown key", `${head}listen: []\n`, 'm.yaml:3:1: unknown key "listen" in a manifest'],
    ["a key twice", `${head}application: y\n`, "m.yaml:3:1: Map keys must be unique"],
    ["a section that is no list", `${head}listens: 80\n`, "m.yaml:3:10: listens must be a list"],
    ["two documents", `${head}---\n${head}`, "m.yaml:3:1: a manifest is one document"],
    [
      "an alias",
      `schema: portolan.manifest/1\napplication: &a x\nlistens: *a\n`,
      "m.yaml:3:10: a manifest holds no aliases",
    ],
    ["a tag", `${head}listens: !shell x\n`, "m.yaml:3:10: Unresolved tag"],
    ["brackets without end", "[".repeat(100_000), "m.yaml:1:"],
    ["a huge text", "#".repeat(2_000_000), "m.yaml:1:1: a manifest is at most"],
  ])("%s", (_, text, message) => expect(problemOf(text).message).toContain(message));

  it.each([
    ["{ protocol: tcp, port: 80 }", "m.yaml:4:5: a line of listens lacks scope"],
    ["{ protocol: sctp, port: 80, scope: network }", 'm.yaml:4:17: protocol must be tcp or udp, not "sctp"'],
    ["{ protocol: tcp, port: 80, scope: lan }", 'm.yaml:4:39: scope must be loopback or network, not "lan"'],
    ["{ protocol: tcp, port: 0, scope: network }", "m.yaml:4:28: port must not be 0: a port is a number"],
    ["{ protocol: tcp, port: 65536, scope: network }", "m.yaml:4:28: port must not be 65536"],
    ["{ protocol: tcp, port: 80.5, scope: network }", "m.yaml:4:28: port must not be 80.5"],
    ["{ protocol: tcp, port: http, scope: network }", 'm.yaml:4:28: port must not be "http"'],
    ["{ protocol: tcp, port: [], scope: network }", "m.yaml:4:28: the list of ports is empty"],
    ["{ protocol: tcp, port: 90-80, scope: network }", "m.yaml:4:28: the range 90-80 is upside down: write 80-90"],
    ["{ protocol: tcp, port: [80, 79-81], scope: network }", "m.yaml:4:33: port 79-81 is stated twice in one list"],
    ["{ protocol: tcp, port: 80, scope: network, required: 1 }", "m.yaml:4:58: required must be true or false"],
    ["{ protocol: tcp, port: 80, scope: network, reason: [a] }", "m.yaml:4:56: reason must be a text"],
    [
      "{ protocol: tcp, port: 80, scope: network, peers: [any] }",
      'm.yaml:4:48: unknown key "peers" in a line of listens',
    ],
    ["80", "m.yaml:4:5: a line of listens must be a mapping"],
  ])("a line of listens: %s", (line, message) =>
    expect(problemOf(`${head}listens:\n  - ${line}\n`).message).toContain(message),
  );

  it.each([
    ["{ protocol: tcp, port: 80 }", "m.yaml:4:5: a line of connects lacks peers"],
    ["{ protocol: tcp, port: 80, peers: any }", "m.yaml:4:39: peers must be a list"],
    ["{ protocol: tcp, port: 80, peers: [] }", "m.yaml:4:39: peers must be a list"],
    ["{ protocol: tcp, port: 80, peers: [any, any] }", 'm.yaml:4:45: the peer "any" is stated twice'],
    ["{ protocol: tcp, port: 80, peers: [10.0.0.0/40] }", 'm.yaml:4:40: "10.0.0.0/40" is no peer'],
    ["{ protocol: tcp, port: 80, peers: [10.0.0.256] }", 'm.yaml:4:40: "10.0.0.256" is no peer'],
    ["{ protocol: tcp, port: 80, peers: ['a b'] }", 'm.yaml:4:40: "a b" is no peer'],
  ])("a line of connects: %s", (line, message) =>
    expect(problemOf(`${head}connects:\n  - ${line}\n`).message).toContain(message),
  );

  it("tells of a line that repeats another", () => {
    const line = "  - { protocol: tcp, port: 80, scope: network }\n";
    expect(problemOf(`${head}listens:\n${line}${line}`).message).toBe("m.yaml:5:5: this line repeats an earlier one");
  });

  it("tells every mistake at once, with the next command", () => {
    const problem = problemOf(`${head}foo: 1\nlistens:\n  - { protocol: x, port: 0, scope: network }\n`);
    expect(problem.status).toBe(65);
    expect(problem.message).toContain("m.yaml:3:1: unknown key");
    expect(problem.why).toContain("m.yaml:5:17: protocol must be");
    expect(problem.why).toContain("m.yaml:5:26: port must not be 0");
    expect(problem.next).toBe("correct m.yaml, or name another file");
  });
});
