import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { withOptions } from "../../../src/app/record/settings.ts";
import { readSettings } from "../../../src/app/record/settings-file.ts";

function file(text: string, mode = 0o644): string {
  const folder = mkdtempSync(join(tmpdir(), "portolan-settings-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "portolan.toml");
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

describe("a file of settings", () => {
  it("is read where it is named", () => {
    expect(readSettings(file('store = "/srv/x.db"'))).toEqual({ store: "/srv/x.db" });
  });

  it("has to be there where it is named", () => {
    expect(() => readSettings("/nowhere/portolan.toml")).toThrow("the settings /nowhere/portolan.toml cannot be read");
  });

  it.each([0o664, 0o646])("that others may write to (%o) is not taken", (mode) => {
    const path = file('store = "/srv/x.db"', mode);
    expect(() => readSettings(path)).toThrow(`${path} is not taken: others than root may write to it`);
  });

  it("of somebody else is not taken", ({ skip }) => {
    skip(process.getuid?.() !== 0, "only root gives files away");
    const path = file('store = "/srv/x.db"');
    chownSync(path, 65_534, 65_534);
    expect(() => readSettings(path)).toThrow("others than root may write to it");
  });

  it("is a plain file", () => {
    const folder = mkdtempSync(join(tmpdir(), "portolan-settings-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    execFileSync("mkfifo", [join(folder, "pipe")]);
    expect(() => readSettings(join(folder, "pipe"))).toThrow("is no file");
    expect(() => readSettings(folder)).toThrow("is no file");
  });
});

describe("options of the command line", () => {
  it("win over the file", () => {
    const settings = withOptions({ store: "/a", maxSize: 5e8 }, { store: "/b", "keep-flows": "2d" });
    expect(settings).toEqual({ store: "/b", maxSize: 5e8, keepFlows: 2 * 86_400_000_000 });
  });

  it.each([
    [{ "keep-flows": "30m" }, "bad-value", '--keep-flows "30m" cannot be'],
    [{ "keep-usage": "forever" }, "bad-value", '--keep-usage "forever" cannot be'],
    [{ "max-size": "1MB" }, "bad-value", '--max-size "1MB" cannot be'],
    [{ "keep-flows": "30d", "keep-usage": "7d" }, "conflicting-options", "keep-usage is shorter than keep-flows"],
  ])("are refused where they make no sense: %o", (options, code, message) => {
    try {
      withOptions({}, options);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code, message, status: 64 });
    }
  });
});
