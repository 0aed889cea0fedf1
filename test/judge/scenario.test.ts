import { describe, expect, test } from "vitest";
import { listScenarios, readScenario } from "./scenario.ts";
import { readMessage } from "./truth.ts";

describe("a scenario's first lines", () => {
  test("in C", () => {
    const text = "// scenario: does it\n// needs: root netns\n// scope: record ls\n// recorder: late\n#include <a.h>\n";
    expect(readScenario("/a/b.c", "b.c", text)).toEqual({
      name: "b",
      file: "/a/b.c",
      language: "c",
      text: "does it",
      needs: ["root", "netns"],
      scopes: ["record", "ls"],
      late: true,
    });
  });

  test("in Python, behind a line for the shell, over two lines", () => {
    const text = '#!/usr/bin/python3\n"""\nscenario: does it\nagain\n\nMore.\n"""\nimport os\n';
    expect(readScenario("b.py", "b.py", text)).toMatchObject({
      text: "does it again",
      scopes: ["run", "record", "ls"],
      late: false,
    });
  });

  test("must say what it is, and know the scopes", () => {
    expect(() => readScenario("b.c", "b.c", "int main;")).toThrow("b.c does not say");
    expect(() => readScenario("b.c", "b.c", "// scenario: x\n// scope: all\n")).toThrow("unknown scope all");
  });
});

test("every scenario says what it is, and there are at least 40", () => {
  expect(listScenarios().length).toBeGreaterThanOrEqual(40);
  expect(() => listScenarios(["there-is-none"])).toThrow("there-is-none");
});

test("a message is read with bounds", () => {
  expect(readMessage('{"type":"hold"}')).toEqual({ type: "hold", open: [] });
  expect(() => readMessage("hello")).toThrow("something else");
  expect(() => readMessage("null")).toThrow("unknown message");
  expect(() => readMessage('{"type":"truth","listens":5}')).toThrow("no list");
  expect(() => readMessage('{"type":"not-applicable"}')).toThrow("without a reason");
});
