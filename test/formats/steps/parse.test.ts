import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSteps } from "../../../src/formats/steps/parse.ts";
import { Problem } from "../../../src/model/problem.ts";

const HEAD = "schema: portolan.steps/1\n";

function mistakes(text: string): string {
  try {
    parseSteps(text, "steps.yaml");
  } catch (error) {
    if (error instanceof Problem && error.code === "bad-steps") return `${error.message}\n${error.why ?? ""}`;
    throw error;
  }
  return "none";
}

describe("steps", () => {
  it("are read with what they leave out", () => {
    const text = `${HEAD}ready: port 8080
repeat: 3
features:
  - feature: Sync now
    command: [curl, -s, "http://localhost:8080/a b"]
    until: port 8081
    settle: 5s
    timeout: 2m
  - { feature: Discovery, command: kill -USR1 23 }
`;
    expect(parseSteps(text, "steps.yaml")).toEqual({
      ready: { kind: "port", port: 8080 },
      repeat: 3,
      features: [
        {
          feature: "Sync now",
          command: ["curl", "-s", "http://localhost:8080/a b"],
          settle: [
            { kind: "port", port: 8081 },
            { kind: "time", milliseconds: 5000 },
          ],
          timeout: 120_000,
        },
        {
          feature: "Discovery",
          command: ["kill", "-USR1", "23"],
          settle: [{ kind: "quiet", milliseconds: 2000 }],
          timeout: 60_000,
        },
      ],
    });
  });

  it.each([
    ["", "steps.yaml:1:1: a file of steps must be a mapping"],
    ["schema: portolan.manifest/1\n", 'steps.yaml:1:9: a file of steps begins with "schema: portolan.steps/1"'],
    [HEAD, "steps.yaml:1:1: features must list at least one"],
    [`${HEAD}repeat: 0\nfeatures: [{ feature: a, command: b }]\n`, "steps.yaml:2:9: repeat must be a whole number"],
    [`${HEAD}features:\n  - { feature: a, command: b | c }\n`, "steps.yaml:3:28: command must be a list of words"],
    [
      `${HEAD}features:\n  - { feature: a, command: b, settle: soon }\n`,
      "3:39: settle must be quiet 2s, 5s or port 8080",
    ],
    [`${HEAD}features:\n  - { feature: a }\n`, "steps.yaml:3:5: a feature has a command"],
    [`${HEAD}features:\n  - { feature: a, command: b, sh: c }\n`, 'unknown key "sh" in a feature'],
    [`${HEAD}features:\n  - &x { feature: a, command: b }\n  - *x\n`, "steps.yaml:4:5: steps hold no aliases"],
    [`${HEAD}features: [{ feature: a, command: b }, { feature: a, command: c }]\n`, 'the feature "a" is listed twice'],
  ])("%j is refused at its place", (text, message) => {
    expect(mistakes(text)).toContain(message);
  });

  it("never fail otherwise, whatever the file holds", () => {
    const line = fc.constantFrom(
      "features:",
      "  - feature: a",
      "    command: [b]",
      "repeat: 3",
      "\t",
      "- ",
      "ready: 1s",
    );
    const text = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.array(line).map((lines) => HEAD + lines.join("\n")),
    );
    fc.assert(
      fc.property(text, (any) => mistakes(any).length > 0),
      { numRuns: 307 },
    );
  });
});
