import { expect, test } from "vitest";
import { PROBLEMS } from "../src/model/problem.ts";
import { filesBelow, readSource } from "./architecture/source.ts";

const registry = Object.entries(PROBLEMS).map(([code, status]) => `${code} ${status}`);

/** Rows of the page's table, as `code status`. */
const described = [...readSource("docs/problems.md").text.matchAll(/^\| `([a-z-]+)` \| (\d+) \| .*\S.* \|$/gm)].map(
  ([, code, status]) => `${code} ${status}`,
);

test("docs/problems.md describes every problem, with its status, and no others", () => {
  expect(described.toSorted()).toEqual(registry.toSorted());
});

test("every problem can happen", () => {
  const source = filesBelow("src", [".ts"])
    .filter(({ path }) => path !== "src/model/problem.ts")
    .map(({ text }) => text)
    .join("\n");
  expect(Object.keys(PROBLEMS).filter((code) => !source.includes(`"${code}"`))).toEqual([]);
});
