import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lack } from "../machine.ts";
import type { Stage } from "../stage.ts";
import { stages } from "../staged.ts";
import { expectNoBug, portolan } from "./day.ts";

const reason = lack();
const stage = stages();

function file(here: Stage, content: string | Buffer, mode = 0o755): string {
  const path = here.path("command");
  writeFileSync(path, content, { mode });
  return path;
}

/** This machine's own `true`, made for the machine that elf(5) numbers 8: MIPS. */
function foreign(): Buffer {
  const program = readFileSync("/bin/true");
  program.writeUInt16LE(8, 18);
  return program;
}

function folder(here: Stage): string {
  mkdirSync(here.path("folder"));
  return here.path("folder");
}

describe("a command that cannot be started", () => {
  it.for([
    ["in no folder of PATH", 127, () => "no-such-command-here", "No folder of PATH has it."],
    ["missing", 127, (here: Stage) => here.path("missing"), "There is no such file."],
    ["without a name", 127, () => "", "Its name is empty."],
    ["a folder", 126, folder, "It is a folder."],
    ["not executable", 126, (here: Stage) => file(here, "echo\n", 0o644), "It is not marked executable."],
    ["without its interpreter", 126, (here: Stage) => file(here, "#!/no/such/sh\n"), "interpreter"],
    ["for another machine", 126, (here: Stage) => file(here, foreign()), "It is a program for another machine."],
    ["cut short", 126, (here: Stage) => file(here, "\x7fELF\x02\x01\x01"), "It is cut short."],
    ["bytes", 126, (here: Stage) => file(here, "\0\x01\x02id\n"), "neither a program for this machine nor a script"],
  ] as const)("%s gives %i, and says why and what next", async ([, wanted, make, why], { skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const { status, stdout, stderr } = await portolan(here, ["run", "--", make(here)]);
    expect({ status, stdout }).toEqual({ status: wanted, stdout: "" });
    expect(stderr).toContain(why);
    expect(stderr).toMatch(/^portolan: .*\n {2}.*\n {2}next: \S.*\n$/);
    expectNoBug(stderr);
  });

  it("a text without #! is a script, as for every shell", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const { status, stdout } = await portolan(here, ["run", "--", file(here, "echo from a script\nexit 5\n")]);
    expect({ status, stdout }).toEqual({ status: 5, stdout: "from a script\n" });
  });
});
