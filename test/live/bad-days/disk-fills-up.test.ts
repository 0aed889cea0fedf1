import { mkdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lack, program } from "../machine.ts";
import { launcher } from "../observer.ts";
import type { Stage } from "../stage.ts";
import { stages } from "../staged.ts";
import { expectNoBug, privateMounts } from "./day.ts";

const reason = lack("python3", "unshare");
const stage = stages();

const MANIFEST = `# written by hand
schema: portolan.manifest/1
application: example
listens: []
`;

/** Runs \`run WORDS -- program\` where /disk has no room but for what is there, and copies out what is there then. */
async function run(here: Stage, words: string[]) {
  const [disk, after] = [here.path("disk"), here.path("after")];
  mkdirSync(disk);
  mkdirSync(after);
  const fill = `
mount -t tmpfs -o size=8k none ${disk}
printf '%s' "$MANIFEST" > ${disk}/manifest
head -c 4096 /dev/zero > ${disk}/fill
"$@" && status=0 || status=$?
cp ${disk}/* ${after}
exit $status`;
  const work = "import socket\nsocket.create_server(('127.0.0.1', 0))\nprint('work')";
  const portolan = [launcher, "run", ...words.map((word) => word.replace("/disk", disk))];
  const command = [...portolan, "--", program("python3"), "-c", work];
  const started = here.beside([...privateMounts(fill), ...command], { MANIFEST });
  const { status } = await started.ended();
  expectNoBug(started.stderr);
  const left = (name: string) => readFileSync(`${after}/${name}`, "utf8");
  return { status, stdout: started.stdout, stderr: started.stderr, left };
}

describe("a disk that fills up while the application runs", () => {
  it("costs the document, of which nothing is left rather than half, and not the report", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const { status, stdout, stderr, left } = await run(stage(), ["--output", "/disk/profile"]);
    expect({ status, stdout, left: left("profile") }).toEqual({ status: 125, stdout: "work\n", left: "" });
    expect(stderr).toMatch(/it listens on 1 port[\s\S]*portolan: could not write .*profile\n {2}ENOSPC/);
  });

  it("costs both, and both are named", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const { status, stderr, left } = await run(stage(), ["--output", "/disk/profile", "--save", "/disk/manifest"]);
    expect({ status, left: left("profile") + left("manifest") }).toEqual({ status: 125, left: MANIFEST });
    expect(stderr).toMatch(/portolan: could not write .*profile; could not write .*manifest\n {2}ENOSPC/);
  });

  it("costs what would have been added to a manifest, and not the manifest", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const { status, stdout, stderr, left } = await run(stage(), ["--save", "/disk/manifest"]);
    expect({ status, stdout, left: left("manifest") }).toEqual({ status: 125, stdout: "work\n", left: MANIFEST });
    expect(stderr).toMatch(/it listens on 1 port[\s\S]*portolan: could not write .*manifest\n {2}ENOSPC/);
  });
});
