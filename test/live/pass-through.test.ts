import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lack, program } from "./machine.ts";
import { launcher } from "./observer.ts";
import type { Profile } from "./profile.ts";
import { stages } from "./staged.ts";

const reason = lack();
const stage = stages();

describe("standard streams", () => {
  it("carry binary data through untouched", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const data = randomBytes(1_299_709);
    const started = here.observe([program("cat")]);
    started.input.end(data);
    expect(await started.ended()).toMatchObject({ status: 0 });
    expect(started.stdoutBytes.equals(data)).toBe(true);
    expect(here.profile()).toMatchObject({ usesNetwork: false, complete: true, gaps: [], listens: [], connects: [] });
  });

  it("keep stdout and stderr apart", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const started = stage().observe([program("sh"), "-c", "echo to stdout; echo to stderr >&2"]);
    expect(await started.ended()).toMatchObject({ status: 0 });
    expect(started.stdout).toBe("to stdout\n");
    expect(started.stderr).toContain("to stderr\n");
  });

  it("leave stdout to the document with --json, and the application's stdout goes to stderr", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const started = stage().beside([launcher, "run", "--json", "--", program("sh"), "-c", "echo to stdout"]);
    expect(await started.ended()).toMatchObject({ status: 0 });
    const profile: Profile = JSON.parse(started.stdout);
    expect(profile).toMatchObject({ schema: "portolan.profile/1", exitStatus: 0, usesNetwork: false });
    expect(Object.keys(profile)[0]).toBe("schema");
    expect(started.stderr).toContain("to stdout\n");
  });
});

describe("exit status", () => {
  it.for([
    ["exit 0", 0],
    ["exit 3", 3],
    ["exit 127", 127],
    ["kill -TERM $$", 143],
    ["kill -KILL $$", 137],
  ] as const)("of `%s` is %i, with a report", async ([script, wanted], { skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const started = here.observe([program("sh"), "-c", script]);
    expect(await started.ended()).toEqual({ status: wanted, signal: undefined });
    expect(here.profile()).toMatchObject({ exitStatus: wanted, complete: true, gaps: [] });
  });

  it("is 127 for a command that does not exist, and says so", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const started = stage().beside([launcher, "run", "--", "no-such-command-here"]);
    expect(await started.ended()).toMatchObject({ status: 127 });
    expect(started.stderr).toContain("no-such-command-here");
    expect(started.stderr).not.toMatch(/^\s+at /m);
  });

  it("is 126 for a file that cannot be executed, and says so", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const file = here.path("no-program");
    writeFileSync(file, "text\n", { mode: 0o644 });
    const started = here.beside([launcher, "run", "--", file]);
    expect(await started.ended()).toMatchObject({ status: 126 });
    expect(started.stderr).toContain(file);
    expect(started.stderr).not.toMatch(/^\s+at /m);
  });
});
