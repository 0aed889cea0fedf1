import { expect, test } from "vitest";
import { help, parseArguments } from "../../bench/arguments.ts";
import { ROWS } from "../../bench/rows.ts";

test("all rows at full size, unless asked otherwise", () => {
  expect(parseArguments([], ROWS)).toEqual({ rows: [...ROWS], repeat: 5, scale: 1, json: false, help: false });
  const asked = parseArguments(["ls-quiet", "--repeat", "7", "--scale", "0.1", "--save", "page.md", "--json"], ROWS);
  expect(asked).toMatchObject({ repeat: 7, scale: 0.1, json: true, save: "page.md" });
  expect(asked.rows.map(({ name }) => name)).toEqual(["ls-quiet"]);
});

test.each([["ls-loud"], ["--repeat", "0"], ["--repeat", "2.5"], ["--scale", "0"], ["--scale", "2"], ["--fast"]])(
  "%s %s is not understood",
  (...argv) => {
    expect(() => parseArguments(argv, ROWS)).toThrow();
  },
);

test("the help names every row", () => {
  for (const { name } of ROWS) expect(help(ROWS)).toContain(`  ${name} `);
});
