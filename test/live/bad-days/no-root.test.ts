import { chmodSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { lack, program } from "../machine.ts";
import { launcher } from "../observer.ts";
import { readProfile } from "../profile.ts";
import type { Stage } from "../stage.ts";
import { stages } from "../staged.ts";
import { expectFallback, expectNoBug, firstLine, pair, privateMounts } from "./day.ts";

const reason = lack("python3", "unshare", "setpriv");
const stage = stages();

/** The user and group that own nothing, on every distribution. */
const NOBODY = "65534";

/** The command line of Portolan as a user without any right or home, from a place where that user can read this checkout. */
function asNobody(here: Stage): string[] {
  const checkout = here.path("checkout");
  mkdirSync(checkout);
  chmodSync(here.directory, 0o777);
  const user = ["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--no-new-privs"];
  const become = [program("env"), "-u", "HOME", program("setpriv"), ...user];
  return [...privateMounts(`mount --bind ${dirname(launcher)} ${checkout}`), ...become, `${checkout}/portolan`];
}

async function outcome(here: Stage, words: string[]) {
  const started = here.beside([...asNobody(here), ...words]);
  started.input.end();
  const { status } = await started.ended();
  expectNoBug(started.stderr);
  return { status, stdout: started.stdout, stderr: started.stderr };
}

describe("a user without privileges", () => {
  it("gets a report by run, whose first line says what is left out and brings it", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const port = await here.port("pair");
    const { status, stderr } = await outcome(here, [
      ...["run", "--for", "2s", "--output", here.path("profile"), "--"],
      ...pair(port),
    ]);
    expect(status).toBe(0);
    expectFallback(readProfile(here.path("profile")), stderr, port, "sudo ./portolan run -- COMMAND");
  });

  it("gets the status of the command, however short it was", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const { status, stderr } = await outcome(here, ["run", "--", program("sh"), "-c", "exit 3"]);
    expect(status).toBe(3);
    expect(stderr).toContain("was not seen using the network, but something may have been missed");
  });

  it("gets the sockets by ls, and is told whose owners are hidden", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const { status, stdout, stderr } = await outcome(stage(), ["ls"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^PROTO /);
    expect(firstLine(stderr)).toMatch(/^incomplete: \d+ process(es)? of .*; to get it: sudo \.\/portolan ls$/);
  });

  it("is told by doctor what to type", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const { status, stdout } = await outcome(stage(), ["doctor"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/ {2}no {3}ebpf: .*\n(.*\n)+? {7}type: sudo /);
    expect(stdout).toMatch(/ {2}yes {2}procfs: /);
  });
});
