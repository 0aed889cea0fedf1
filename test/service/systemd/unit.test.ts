import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { unitText } from "../../../src/service/systemd/unit.ts";

const place = {
  command: ["/usr/bin/true", "record"],
  stateFolder: "portolan",
  documentation: "/opt/portolan/docs/record.md",
};
const without =
  spawnSync("systemd-analyze", ["--version"]).status === 0 ? undefined : "systemd-analyze is not installed";

function unitFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "portolan-unit-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "portolan.service");
  writeFileSync(file, text);
  return file;
}

describe("the unit file", () => {
  test("is valid for systemd, to the letter", ({ skip }) => {
    if (without) skip(without);
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", unitFile(unitText(place))], {
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  test("exposes no more than an observer with BPF must", ({ skip }) => {
    if (without) skip(without);
    const file = unitFile(unitText(place));
    const said = execFileSync("systemd-analyze", ["security", "--offline=true", "--threshold=30", "--no-pager", file], {
      encoding: "utf8",
    });
    expect(said).toMatch(/Overall exposure level for portolan.service: 2\.\d OK/);
  });

  test("names a program whose path has spaces and signs", ({ skip }) => {
    if (without) skip(without);
    const folder = mkdtempSync(join(tmpdir(), "portolan unit-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const strange = join(folder, "50% of $HOME");
    mkdirSync(strange);
    symlinkSync("/usr/bin/true", join(strange, "node"));
    const text = unitText({ ...place, command: [join(strange, "node"), `"$HOME" \\ 100%`] });
    expect(text).toContain(`/50%% of $HOME/node" "\\"$$HOME\\" \\\\ 100%%"\n`);
    // verify looks whether the first word is there and executable, once it is unquoted.
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", unitFile(text)], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });
});
