import { describe, expect, it } from "vitest";
import { reportText } from "../../../src/cli/run/report.ts";
import { visible } from "../../../src/cli/visible.ts";
import { displayWidth } from "../../../src/cli/width.ts";
import type { Profile } from "../../../src/model/profile.ts";
import { curl, hostile, lossy, many, nginx, nothing, passiveFtp, shortLived } from "./report-profiles.ts";

const profiles: [string, () => Profile][] = [
  ["nginx", nginx],
  ["curl", curl],
  ["nothing", nothing],
  ["lossy", lossy],
  ["short-lived", shortLived],
  ["many", many],
  ["hostile", hostile],
  ["passive-ftp", passiveFtp],
];

const plain = { width: 80, colour: false, sanitise: visible };

describe.each(profiles)("the report of %s", (name, make) => {
  const profile = make();

  it("reads as it always did", async () => {
    await expect(reportText(profile, plain)).toMatchFileSnapshot(`./report-texts/${name}.txt`);
  });

  it("fits 80 columns and holds nothing that a terminal obeys", () => {
    const lines = reportText(profile, plain).split("\n");
    expect(lines.filter((line) => displayWidth(line) > 80)).toEqual([]);
    expect(lines.filter((line) => visible(line) !== line)).toEqual([]);
  });

  it("says the same in colour", () => {
    const coloured = reportText(profile, { ...plain, colour: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the escapes that colour adds
    expect(coloured.replace(/\x1b\[\d+m/g, "")).toBe(reportText(profile, plain));
    expect(coloured).toContain("\x1b[");
  });
});

it("begins with what was lost and the command that brings it", () => {
  const first = (profile: Partial<Profile>) => reportText({ ...nginx(), ...profile }, plain).split("\n", 1)[0];
  const parts = ["short connections", "bytes", "names: nobody answers"].map((what) => ({ what, remedy: "sudo !!" }));
  expect(first({ degradations: parts.slice(0, 1) })).toBe("Left out: short connections; to get it: sudo !!");
  expect(first({ degradations: parts })).toBe("Left out: short connections, bytes, names; to get it: sudo !!");
  expect(first(lossy())).toBe("Left out: 2 parts; to get it: sudo ./portolan run --pid 100");
});

it("never says that something is absent when it may have been missed", () => {
  const gaps = [{ from: nothing().startedAt, until: nothing().endedAt, reason: "the ring buffer was full" }];
  const text = reportText({ ...nothing(), complete: false, gaps }, plain);
  expect(text).toContain("sort was not seen using the network, but something may have been missed.");
  expect(reportText(lossy(), plain)).not.toContain("connects nowhere");
});

it("cuts nothing where the output is no terminal", () => {
  const text = reportText(hostile(), { colour: false, sanitise: visible });
  expect(text).not.toContain("xxx…");
});
