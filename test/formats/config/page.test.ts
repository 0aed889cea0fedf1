import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { exampleSettings } from "../../../src/formats/config/example.ts";
import { SETTINGS } from "../../../src/formats/config/settings.ts";

const page = readFileSync("docs/configuration.md", "utf8");

describe("the page on settings", () => {
  test.each(SETTINGS)("has $name as it is", ({ name, default: value, text }) => {
    expect(page).toContain(`| \`${name}\` | ${value} | ${text} |`);
  });

  test("names no setting that is not there", () => {
    const named = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
    expect(named).toEqual(SETTINGS.map(({ name }) => name));
  });

  test("shows the file that an installation begins with", () => {
    expect(page).toContain(`\`\`\`toml\n${exampleSettings()}\`\`\``);
  });
});
