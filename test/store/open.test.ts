import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { openReader, openWriter, recordPath } from "../../src/store/open.ts";
import { LIFE } from "../contract/store/sample.ts";

describe("where a record is", () => {
  test("root's is the machine's, another user's lies in the state folder", () => {
    vi.spyOn(process, "geteuid").mockReturnValue(0);
    expect(recordPath()).toBe("/var/lib/portolan/portolan.db");
    vi.spyOn(process, "geteuid").mockReturnValue(1009);
    vi.stubEnv("XDG_STATE_HOME", "/var/tmp/state");
    expect(recordPath()).toBe("/var/tmp/state/portolan/portolan.db");
    vi.stubEnv("HOME", "/var/tmp/someone");
    for (const unusable of ["", "relative/state"]) {
      vi.stubEnv("XDG_STATE_HOME", unusable);
      expect(recordPath()).toBe("/var/tmp/someone/.local/state/portolan/portolan.db");
    }
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  test("a path is taken from the current folder", () => {
    expect(recordPath("some.db")).toBe(join(process.cwd(), "some.db"));
  });

  test.each(["http://127.0.0.1:8123", "https://records.example/x", "clickhouse://host/db"])(
    "%s is none",
    async (url) => {
      const expected = { code: "not-available", status: 69, next: expect.stringContaining("--store") };
      await expect(openReader(url)).rejects.toMatchObject(expected);
      await expect(openWriter(url, LIFE)).rejects.toMatchObject(expected);
    },
  );
});
