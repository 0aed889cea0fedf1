import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lack, program } from "../machine.ts";
import { launcher } from "../observer.ts";
import { readProfile } from "../profile.ts";
import type { Stage } from "../stage.ts";
import { stages } from "../staged.ts";
import { expectNoBug, portolan } from "./day.ts";

const reason = lack("python3");
const stage = stages();

/** What a shell says of `script`, in which `$1` is the launcher and the rest are the words given. */
async function shell(here: Stage, script: string, ...words: string[]) {
  const started = here.beside([program("bash"), "-c", script, "bash", launcher, ...words]);
  started.input.end();
  const { status } = await started.ended();
  expectNoBug(started.stderr);
  return { status, stdout: started.stdout, stderr: started.stderr };
}

/** An application that leaves a trace once it has done all its work, and ends with 3. */
function application(here: Stage): string[] {
  return [program("sh"), "-c", `echo work; echo done > ${here.path("done")}; exit 3`];
}

function finished(here: Stage): boolean {
  return existsSync(here.path("done")) && readFileSync(here.path("done"), "utf8") === "done\n";
}

describe("a closed pipe is no error", () => {
  it.for([["ls"], ["ls --json"], ["ls --csv"], ["doctor"], ["--help"]])("of %s", async ([verb], { skip }) => {
    skip(reason !== undefined, reason);
    const { stdout, stderr } = await shell(stage(), `"$1" ${verb} | true; echo "\${PIPESTATUS[0]}"`);
    expect(stdout).toBe("0\n");
    expect(stderr).not.toMatch(/portolan:/);
  });

  it("of run --json, and the status stays the application's", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const script = `"$1" run --json -- "\${@:2}" | true; echo "\${PIPESTATUS[0]}"`;
    expect((await shell(here, script, ...application(here))).stdout).toBe("3\n");
    expect(finished(here)).toBe(true);
  });

  it("of run's report on stderr", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const script = `{ "$1" run -- "\${@:2}" >/dev/null; echo $? > ${here.path("status")}; } 2>&1 | true; cat ${here.path("status")}`;
    expect((await shell(here, script, ...application(here))).stdout).toBe("3\n");
    expect(finished(here)).toBe(true);
  });
});

describe("a full disk", () => {
  it.for([["ls"], ["ls --json"], ["ls --csv"], ["doctor"], ["--help"]])("gives 74 for %s", async ([verb], { skip }) => {
    skip(reason !== undefined, reason);
    const { status, stderr } = await shell(stage(), `exec "$1" ${verb} >/dev/full`);
    expect(status).toBe(74);
    expect(stderr).toContain("portolan: could not write to standard output\n  ENOSPC");
  });

  it.for([
    ["the document on stdout", ["--json"], ">/dev/full"],
    ["the report on stderr", [], "2>/dev/full"],
  ] as const)("for %s gives 125, and takes neither the application nor the file", async ([, options, to], { skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const run = ["run", ...options, "--output", here.path("profile"), "--"];
    const { status } = await shell(here, `exec "$1" "\${@:2}" ${to}`, ...run, ...application(here));
    expect(status).toBe(125);
    expect(finished(here)).toBe(true);
    expect(readProfile(here.path("profile"))).toMatchObject({ exitStatus: 3, complete: true });
  });

  it("for --output gives 125 and says so, after the report", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const { status, stdout, stderr } = await portolan(here, [
      ...["run", "--output", "/dev/full", "--"],
      ...application(here),
    ]);
    expect({ status, stdout, finished: finished(here) }).toEqual({ status: 125, stdout: "work\n", finished: true });
    expect(stderr).toMatch(/does not use the network[\s\S]*portolan: could not write \/dev\/full\n {2}ENOSPC/);
  });

  it("for a notice does not end the observation of what is left behind", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const port = await here.port("late");
    // It listens once the command has ended, when it has looked ten times more.
    const late = `
import os, select, socket, sys
command, looks = os.getpid(), 0
if os.fork() == 0:
    while looks < 10:
        select.select([], [], [], 0.05)
        looks += not os.path.exists(f"/proc/{command}")
    socket.create_server(("127.0.0.1", int(sys.argv[1])))
    open(sys.argv[2], "w").write("done\\n")
else:
    sys.exit(3)`;
    const run = ["run", "--output", here.path("profile"), "--", program("python3"), "-c", late];
    const words = [...run, String(port), here.path("done")];
    expect((await shell(here, `exec "$1" "\${@:2}" 2>/dev/full`, ...words)).status).toBe(125);
    expect(finished(here)).toBe(true);
    expect(readProfile(here.path("profile"))).toMatchObject({ exitStatus: 3, complete: true, listens: [{ port }] });
  });
});

describe("a standard stream that is closed", () => {
  it.for(["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])("%s changes nothing for ls and run", async (how, { skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    expect((await shell(here, `exec "$1" ls ${how}`)).status).toBe(0);
    const run = ["run", "--output", here.path("profile"), "--", ...application(here)];
    expect((await shell(here, `exec "$1" "\${@:2}" ${how}`, ...run)).status).toBe(3);
    expect(finished(here)).toBe(true);
    expect(readProfile(here.path("profile"))).toMatchObject({ exitStatus: 3, complete: true });
  });
});

describe("a file that cannot be had fails before anything is started", () => {
  it.for([
    ["--output into a missing folder", "--output", "missing/profile", undefined, /ENOENT/],
    ["--output onto a folder", "--output", ".", undefined, /EISDIR/],
    ["--save into a missing folder", "--save", "missing/manifest", undefined, /ENOENT/],
    ["--save of what is no file", "--save", "/dev/full", undefined, /device/],
    ["--save of a manifest that is no YAML", "--save", "manifest", "listens: [", /manifest:\d+:\d+: /],
    ["--save of another document", "--save", "manifest", "schema: other/1\n", /manifest:1:\d+: .*schema/],
    ["--save of bytes", "--save", "manifest", "\0\x01\xff", /manifest:1:/],
  ] as const)("%s", async ([, option, name, content, why], { skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const path = name.startsWith("/") ? name : here.path(name);
    if (content !== undefined) writeFileSync(path, content, "latin1");
    const { status, stdout, stderr } = await portolan(here, ["run", option, path, "--", ...application(here)]);
    expect({ status, stdout, finished: finished(here) }).toEqual({ status: 125, stdout: "", finished: false });
    expect(stderr).toMatch(why);
    expectNoBug(stderr);
    if (content !== undefined) expect(readFileSync(path, "latin1")).toBe(content);
  });

  it("and a document that was there outlives a command that is not", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    writeFileSync(here.path("profile"), "the last one\n");
    expect(await portolan(here, ["run", "--output", here.path("profile"), "--", "/missing"])).toMatchObject({
      status: 127,
    });
    expect(readFileSync(here.path("profile"), "utf8")).toBe("the last one\n");
  });
});
