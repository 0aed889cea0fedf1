import { describe, expect, test } from "vitest";
import type { RemoteRequest } from "../../../src/cli/portqry/rules.ts";
import { completions, type Reaction, Session } from "../../../src/cli/portqry/session.ts";
import { SHORTCUTS } from "../../../src/cli/portqry/shortcuts.ts";

const START: RemoteRequest = {
  host: "127.0.0.1",
  protocols: ["tcp"],
  protocolWord: "TCP",
  ports: [80],
  range: false,
  sourcePort: 0,
  community: "public",
  slowLink: false,
  reverse: true,
};

const text = (reaction: Reaction) => (reaction.kind === "print" ? reaction.lines.join("\n") : reaction.kind);

test("it begins as PortQry begins", () => {
  expect(new Session(START).banner().join("\n")).toBe(`Portqry Interactive Mode

Type 'help' for a list of commands

Default Node: 127.0.0.1

Current option values:
   end port= 80
   protocol= TCP
   source port= 0 (ephemeral)`);
});

describe("lines", () => {
  test("change settings that queries then have", () => {
    const session = new Session(START);
    for (const line of [
      "n 10.0.0.7",
      "set port=53",
      "SET protocol=udp",
      "set sp=3000",
      "set cn=!a b!",
      "set nr",
      "set sl",
    ])
      session.line(line);
    expect(session.line("q")).toEqual({
      kind: "query",
      requests: [
        {
          ...START,
          host: "10.0.0.7",
          ports: [53],
          protocols: ["udp"],
          protocolWord: "UDP",
          sourcePort: 3000,
          community: "a b",
          reverse: false,
          slowLink: true,
        },
      ],
    });
    session.line("set nr");
    expect(text(session.line("set all"))).toContain("slow link delay");
    expect(text(session.line("set all"))).not.toContain("no reverse name lookup");
  });

  test.each(Object.entries(SHORTCUTS))("query %s asks its ports", (name, shortcuts) => {
    const reaction = new Session(START).line(`query ${name}`);
    expect(reaction).toMatchObject({ kind: "query", requests: shortcuts });
  });

  test("are answered where they are mistakes, and end nothing", () => {
    const session = new Session(START);
    expect(text(session.line("show"))).toMatch(/is no command/);
    expect(text(session.line("q smb"))).toMatch(/There is no query "smb"/);
    expect(text(session.line("set port=0"))).toMatch(/from 1 to 65535/);
    expect(text(session.line("set nothing"))).toMatch(/sets nothing/);
    expect(text(session.line("q constructor"))).toMatch(/There is no query/);
    expect(text(session.line(""))).toBe("");
    expect(text(session.line("set all"))).toContain("end port= 80");
    expect(session.line("EXIT")).toEqual({ kind: "exit" });
  });
});

test.each([
  ["qu", [["query"], "qu"]],
  ["q ld", [["ldap"], "ld"]],
  ["set p", [["port=", "protocol="], "p"]],
  ["node x", [[], "x"]],
])("Tab after %j", (line, expected) => {
  expect(completions(line)).toEqual(expected);
});
