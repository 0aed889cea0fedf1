import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { VERBS } from "../../src/cli/verbs.ts";
import { portolan } from "./made-up-world.ts";

describe("help", () => {
  test.each(Object.keys(VERBS))("%s --help prints to stdout in 80 columns and names every option", async (name) => {
    const { status, stdout, stderr } = await portolan([name, "--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain(`Usage: portolan ${name}`);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    const verb = await VERBS[name]?.();
    for (const option of Object.keys(verb?.options ?? {})) expect(stdout).toContain(`--${option}`);
  });

  test("portolan --help names every verb", async () => {
    const { status, stdout } = await portolan(["--help"]);
    expect(status).toBe(0);
    for (const name of Object.keys(VERBS)) expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, "m"));
  });

  test("portolan alone is a usage error and prints the same to stderr", async () => {
    const asked = await portolan(["--help"]);
    expect(await portolan([])).toEqual({ status: 64, stdout: "", stderr: asked.stdout });
  });

  test("--version prints package.json's version", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(await portolan(["--version"])).toEqual({ status: 0, stdout: `portolan ${version}\n`, stderr: "" });
  });
});

describe("mistakes", () => {
  test.each([
    [["lss"], 'unknown verb "lss"', "did you mean ls?"],
    [["constructor"], 'unknown verb "constructor"', "next: ./portolan --help"],
    [["--verison"], "unknown option --verison", "did you mean --version?"],
    [["ls", "--jsno"], "unknown option --jsno", "did you mean --json?"],
    [["ls", "-x"], "unknown option -x", "next: ./portolan ls --help"],
    [["ls", "--json=yes"], "option --json takes no value", "next: ./portolan ls --help"],
    [["ls", "--collector"], "option --collector needs a value", "next: ./portolan ls --help"],
    [["ls", "--collector", "--json"], "option --collector needs a value", "next: ./portolan ls --help"],
    [["ls", "--collector", "netstat"], 'there is no collector "netstat"', "next: ./portolan doctor"],
    [["ls", "--collector", "scripted:/nowhere"], "the script /nowhere cannot be used", "ENOENT"],
    [["ls", "--", "nginx"], "ls takes nothing after --", "next: ./portolan ls --help"],
    [["doctor", "all"], 'doctor does not take the word "all"', "next: ./portolan doctor --help"],
    [["ls", "\x1b[2Jport"], '"\\x1b[2Jport" is no filter', "filters are"],
  ])("%j", async (argv, what, more) => {
    const { status, stdout, stderr } = await portolan(argv);
    expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
    expect(stderr.split("\n")[0]).toBe(`portolan: ${what}`);
    expect(stderr).toContain(more);
    expect(stderr).not.toContain("    at ");
  });
});
