import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lack } from "../machine.ts";
import { portolanWith } from "../observer.ts";
import type { Stage } from "../stage.ts";
import { stages } from "../staged.ts";
import { expectFallback, pair, portolan, privateMounts } from "./day.ts";

const reason = lack("python3", "unshare");
const stage = stages();
const remedy = "sudo apt-get install libbpf1";

/** Where the loader may find libbpf: ld.so(8), and the multiarch folders of Debian. */
function libraries(): string[] {
  const folders = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib"];
  const multiarch = ["/lib", "/usr/lib", "/usr/local/lib"].flatMap((folder) =>
    ["x86_64-linux-gnu", "aarch64-linux-gnu"].map((triplet) => join(folder, triplet)),
  );
  return [...folders, ...multiarch].flatMap((folder) => {
    try {
      return readdirSync(folder)
        .filter((name) => /^libbpf\.so\.[01]$/.test(name))
        .map((name) => join(folder, name));
    } catch {
      return []; // this machine has no such folder
    }
  });
}

/** Covers every libbpf of this machine with an empty file. */
function without(here: Stage): string[] {
  const empty = here.path("empty");
  writeFileSync(empty, "");
  const covers = libraries().map((file) => `mount --bind ${empty} "$(readlink -f ${file})"`);
  return privateMounts(covers.join("\n"));
}

/** Puts files that are no libraries in front of the real ones. */
function withWrong(here: Stage): string[] {
  const folder = here.path("wrong");
  mkdirSync(folder);
  for (const name of ["libbpf.so.1", "libbpf.so.0"]) writeFileSync(join(folder, name), "no library\n");
  return ["env", `LD_LIBRARY_PATH=${folder}`];
}

describe.for([
  ["missing", without],
  ["no library", withWrong],
] as const)("with a libbpf that is %s", ([, prepare]) => {
  it("run follows from /proc, and its first line names the package", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage(portolanWith("--for", "2s"));
    const port = await here.port("pair");
    const started = here.observe(pair(port), { around: prepare(here) });
    expect(await started.ended()).toMatchObject({ status: 0 });
    expectFallback(here.profile(), started.stderr, port, remedy);
  });

  it("ls answers all the same, and doctor names the package", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const around = prepare(here);
    expect(await portolan(here, ["ls"], around)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^PROTO/) });
    const { status, stdout } = await portolan(here, ["doctor"], around);
    expect(status).toBe(0);
    expect(stdout).toContain("Portolan works with limits: procfs instead of ebpf.");
    expect(stdout).toContain(`type: ${remedy}`);
  });
});
