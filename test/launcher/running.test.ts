import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Checkout, freshCheckout, launch, start } from "./checkout.ts";

/** The launcher once all is set up. */
describe("a checkout that is set up", () => {
  let checkout: Checkout;
  beforeAll(async () => {
    checkout = freshCheckout();
    const first = await launch(checkout, []);
    expect(first.stderr).toContain("building");
    expect(first).toMatchObject({ status: 0, stdout: "first\n" });
  });
  afterAll(() => checkout.remove());

  test("says nothing of its own", async () => {
    expect(await launch(checkout, [])).toEqual({ status: 0, signal: null, stdout: "first\n", stderr: "" });
  });

  test("hands arguments over as they are", async () => {
    const args = ["", " ", "*", "$HOME", "a\nb", "--", "--version", "'\"\\"];
    const { stdout } = await launch(checkout, ["arguments", ...args]);
    expect(JSON.parse(stdout)).toEqual(args);
  });

  test("hands the environment over as it is, names that a script would use included", async () => {
    const variables = {
      root: "r",
      dir: "d",
      file: "f",
      status: "s",
      entry: "e",

      NODE_OPTIONS: "--no-warnings",
    };
    const { stdout } = await launch(checkout, ["environment"], variables);
    expect(JSON.parse(stdout)).toEqual({ PATH: checkout.tools, PWD: "/", ...variables });
  });

  test("runs where NODE_OPTIONS would stop Node", async () => {
    const { stdout } = await launch(checkout, ["environment"], { NODE_OPTIONS: "--require /nonexistent.js" });
    expect(JSON.parse(stdout).NODE_OPTIONS).toBe("--require /nonexistent.js");
  });

  test("hands stdin over", async () => {
    const { child, ended } = start(checkout, [checkout.launcher, "input"]);
    child.stdin.end("23 lines");
    expect((await ended).stdout).toBe("23 lines");
  });

  test("ends with the program's status", async () => {
    expect((await launch(checkout, ["status", "42"])).status).toBe(42);
  });

  test("is the program: same process, same signals", async () => {
    const { child, ended, result } = start(checkout, [checkout.launcher, "wait"]);
    await expect.poll(() => result.stdout, { timeout: 10_000 }).toBe(`${child.pid}\n`);
    child.kill("SIGUSR2");
    expect(await ended).toMatchObject({ status: 23, signal: null });
  });

  test("dies of the signal that kills the program", async () => {
    const { child, ended, result } = start(checkout, [checkout.launcher, "wait"]);
    await expect.poll(() => result.stdout, { timeout: 10_000 }).not.toBe("");
    child.kill("SIGKILL");
    expect(await ended).toMatchObject({ status: null, signal: "SIGKILL" });
  });

  test("stays in the folder it was called from", async () => {
    expect((await launch(checkout, ["folder"], {}, "/usr")).stdout).toBe("/usr\n");
  });

  test("is found by a path relative to where one is", async () => {
    const top = dirname(checkout.folder);
    for (const [cwd, path] of [
      [top, "a checkout/portolan"],
      [checkout.folder, "./portolan"],
      [join(checkout.folder, "src"), "../portolan"],
    ] as const) {
      const { ended } = start(checkout, [path], {}, cwd);
      expect(await ended).toMatchObject({ status: 0, stdout: "first\n", stderr: "" });
    }
  });

  test("is found through links, relative and absolute, in chains, in folders with spaces", async () => {
    const top = dirname(checkout.folder);
    mkdirSync(join(top, "-n bin"));
    symlinkSync("../a checkout/portolan", join(top, "-n bin/relative"));
    symlinkSync(join(top, "-n bin/relative"), join(top, "absolute"));
    symlinkSync("a checkout", join(top, "folder"));
    for (const path of ["./-n bin/relative", "./absolute", "folder/portolan", join(top, "absolute")]) {
      const { ended } = start(checkout, [path], {}, top);
      expect(await ended).toMatchObject({ status: 0, stdout: "first\n", stderr: "" });
    }
  });

  test("is found on the PATH, and by a shell that is given the file", async () => {
    const onPath = start(checkout, ["portolan"], { PATH: `${checkout.folder}:${checkout.tools}` });
    expect(await onPath.ended).toMatchObject({ status: 0, stdout: "first\n", stderr: "" });
    const given = start(checkout, ["/bin/sh", "portolan"], {}, checkout.folder);
    expect(await given.ended).toMatchObject({ status: 0, stdout: "first\n", stderr: "" });
  });
});
