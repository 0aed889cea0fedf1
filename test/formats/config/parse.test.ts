import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exampleSettings } from "../../../src/formats/config/example.ts";
import { parseSettings } from "../../../src/formats/config/parse.ts";
import { SETTINGS } from "../../../src/formats/config/settings.ts";
import { Problem } from "../../../src/model/problem.ts";

const parse = (text: string) => parseSettings(text, "p.toml");
const HOUR = 3_600_000_000;

describe("settings", () => {
  it("are read, each by its name", () => {
    const text = `# a comment
store = "/srv/record.db"
keep-flows = "12h"
keep-usage = "2y"
max-size = "700MB"
collector = "procfs"
log-level = "warn"
`;
    expect(parse(text)).toEqual({
      store: "/srv/record.db",
      keepFlows: 12 * HOUR,
      keepUsage: 2 * 365 * 24 * HOUR,
      maxSize: 700e6,
      collector: "procfs",
      logLevel: "warn",
    });
  });

  it("are none in an empty file", () => {
    expect(parse("")).toEqual({});
  });

  it.each([
    ['keep-flow = "7d"', 'p.toml:1:1: there is no setting "keep-flow"'],
    ['\n  keep-flows = "59m"', 'p.toml:2:3: keep-flows "59m": that is too short'],
    ['keep-flows = "a week"', "a length of time is a number and h, d or y"],
    ["keep-flows = 7", "p.toml:1:1: keep-flows is a text in quotes"],
    ['max-size = "9MB"', "that is too little"],
    ['max-size = "5 parsecs"', "a size is a number and kB, MB, GB or TB"],
    ['collector = "magic"', "the collectors are ebpf, procfs and scripted:FILE"],
    ['log-level = "loud"', "the levels are debug, info, warn, error"],
    ['store = ""', "it names no file"],
    ['[recorder]\nstore = "x"', 'p.toml:1:1: there is no setting "recorder"'],
    ['store = "x"\nstore = "y"', "p.toml:2:1: "],
    ["store = ", "p.toml:1:9: "],
    [`store = "${"x".repeat(70_000)}"`, "settings are at most 65536 characters long"],
  ])("that are mistaken are refused where the mistake is: %s", (text, message) => {
    expect(() => parse(text)).toThrow(message);
    try {
      parse(text);
    } catch (error) {
      expect(error).toMatchObject({ code: "bad-config", status: 78 });
    }
  });
});

describe("the example", () => {
  it("says nothing until a line is made to", () => {
    expect(parse(exampleSettings())).toEqual({});
  });

  it("says what each setting is without it, line by line", () => {
    const all = parse(exampleSettings().replaceAll(/^# (?=[a-z-]+ = ")/gm, ""));
    expect(Object.keys(all)).toHaveLength(SETTINGS.length);
    expect(all).toMatchObject({ keepFlows: 7 * 24 * HOUR, keepUsage: 3 * 365 * 24 * HOUR, maxSize: 5e9 });
  });

  it("fits a terminal", () => {
    for (const line of exampleSettings().split("\n")) expect(line.length).toBeLessThan(80);
  });
});

it("whatever stands in the file, it is read or refused", () => {
  const word = fc.constantFrom(...SETTINGS.map(({ name }) => name), "x");
  const line = fc.tuple(word, fc.oneof(fc.json(), fc.string())).map(([name, value]) => `${name} = ${value}`);
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(line).map((lines) => lines.join("\n")),
      ),
      (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
        }
      },
    ),
    { numRuns: 500 },
  );
});
