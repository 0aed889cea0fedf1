import {
  appendFileSync,
  chownSync,
  existsSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Checkout, freshCheckout, launch, script, start } from "./checkout.ts";

let checkout: Checkout;
beforeEach(() => {
  checkout = freshCheckout();
});
afterEach(() => checkout.remove());

const count = (text: string, word: string) => text.split(word).length - 1;

test("the first use installs, builds and answers; progress is on stderr alone", async () => {
  const { status, stdout, stderr } = await launch(checkout, []);
  expect({ status, stdout }).toEqual({ status: 0, stdout: "first\n" });
  expect(stderr).toContain("npm ci");
  // What a caller's NODE_ENV=production leaves out is needed to build.
  expect(checkout.npmCalls()).toEqual([expect.stringMatching(/^ci .*--include=dev --include=optional/)]);
});

test("simultaneous first uses wait for each other, and one of them does the work", async () => {
  const results = await Promise.all(Array.from({ length: 7 }, () => launch(checkout, [])));
  for (const { status, stdout } of results) expect({ status, stdout }).toEqual({ status: 0, stdout: "first\n" });
  expect(checkout.npmCalls()).toHaveLength(1);
  expect(count(results.map((result) => result.stderr).join(""), "portolan: building")).toBe(1);
});

test("a set-up that was killed is resumed, and its lock does not stay", async () => {
  const working = join(checkout.tools, "npm");
  rmSync(working);
  script(working, "#!/bin/sh\nmkdir node_modules\necho half >node_modules/half\nexec /bin/sleep 60\n");
  const first = start(checkout, [checkout.launcher]);
  await expect.poll(() => existsSync(join(checkout.folder, "node_modules/half")), { timeout: 10_000 }).toBe(true);
  process.kill(-(first.child.pid ?? Number.NaN), "SIGKILL");
  expect((await first.ended).signal).toBe("SIGKILL");
  const replacement = freshCheckout();
  rmSync(working);
  script(working, `#!/bin/sh\nexec "${join(replacement.tools, "npm")}" "$@"\n`);
  expect(await launch(checkout, [])).toMatchObject({ status: 0, stdout: "first\n" });
  expect(existsSync(join(checkout.folder, "node_modules/half"))).toBe(false);
  replacement.remove();
});

test("a changed, a new and a removed source are noticed; nothing changed is not built again", async () => {
  await launch(checkout, []);
  const source = join(checkout.folder, "src/portolan.ts");
  writeFileSync(source, 'import { word } from "./word.ts";\nconsole.log(word);\n');
  writeFileSync(join(checkout.folder, "src/word.ts"), 'export const word = "second";\n');
  expect(await launch(checkout, [])).toMatchObject({ status: 0, stdout: "second\n" });
  expect(await launch(checkout, [])).toMatchObject({ status: 0, stdout: "second\n", stderr: "" });
  rmSync(join(checkout.folder, "src/word.ts"));
  const broken = await launch(checkout, []);
  expect(broken).toMatchObject({ status: 70, stdout: "" });
  expect(broken.stderr).toContain("next: cd '");
  writeFileSync(join(checkout.folder, "src/word.ts"), 'export const word = "third";\n');
  expect(await launch(checkout, [])).toMatchObject({ status: 0, stdout: "third\n" });
  expect(checkout.npmCalls()).toHaveLength(1);
});

test("a source from the future is built once", async () => {
  const tomorrow = Date.now() / 1000 + 86_400;
  utimesSync(join(checkout.folder, "src/portolan.ts"), tomorrow, tomorrow);
  await launch(checkout, []);
  expect(await launch(checkout, [])).toMatchObject({ stdout: "first\n", stderr: "" });
});

test("new packages are installed; a lock file that only looks newer asks for none", async () => {
  await launch(checkout, []);
  const lock = join(checkout.folder, "package-lock.json");
  const later = Date.now() / 1000 + 5;
  utimesSync(lock, later, later);
  expect((await launch(checkout, [])).stdout).toBe("first\n");
  expect(checkout.npmCalls()).toHaveLength(1);
  expect((await launch(checkout, [])).stderr).toBe("");
  appendFileSync(lock, "\n");
  utimesSync(lock, later + 5, later + 5);
  expect((await launch(checkout, [])).stdout).toBe("first\n");
  expect(checkout.npmCalls()).toHaveLength(2);
  expect((await launch(checkout, [])).stderr).toBe("");
});

const THREE_PARTS = /^portolan: .+\n {2}.+\n {2}next: .+\n$/m;

test.each([
  ["no node", "node", undefined],
  ["a node that is too old", "node", "#!/bin/sh\necho v18.20.4\n"],
  ["a node just too old", "node", "#!/bin/sh\necho v20.18.3\n"],
  ["a node that does not run", "node", "#!/nonexistent\n"],
  ["no npm", "npm", undefined],
  ["no network", "npm", "#!/bin/sh\nexit 1\n"],
  ["no flock", "flock", undefined],
])("%s: what, why and the next command, status 69", async (_, tool, text) => {
  rmSync(join(checkout.tools, tool));
  if (text !== undefined) script(join(checkout.tools, tool), text);
  const { status, stdout, stderr } = await launch(checkout, ["ls"]);
  expect({ status, stdout }).toEqual({ status: 69, stdout: "" });
  expect(stderr).toMatch(THREE_PARTS);
  expect((await launch(checkout, ["run", "--", "true"])).status).toBe(125);
});

test("set up or run by root, a checkout stays its owner's", async ({ skip }) => {
  if (process.getuid?.() !== 0) skip("only root can set up for somebody else");
  const owner = 65_534;
  const folders = ["", "src", "src/collect", "src/collect/linux", "src/collect/linux/ebpf", "scripts"];
  for (const folder of folders) chownSync(join(checkout.folder, folder), owner, owner);
  await launch(checkout, []);
  const asOwner = ["/usr/bin/setpriv", `--reuid=${owner}`, `--regid=${owner}`, "--clear-groups", checkout.launcher];
  writeFileSync(join(checkout.folder, "src/portolan.ts"), 'console.log("owner");\n');
  expect(await start(checkout, asOwner).ended).toMatchObject({ status: 0, stdout: "owner\n" });
  await launch(checkout, []);
  const cache = join(checkout.folder, "dist/cache");
  const caches = readdirSync(cache).map((name) => join("dist/cache", name));
  expect(caches).toHaveLength(2);
  const made = ["node_modules", ".portolan-setup", "dist", "dist/cache", ...caches];
  expect(made.filter((folder) => statSync(join(checkout.folder, folder)).uid !== owner)).toEqual([]);
});

test("in a read-only checkout the program runs, and what is not set up says why", async ({ skip }) => {
  const user = 65_534;
  const asOther = ["/usr/bin/setpriv", `--reuid=${user}`, `--regid=${user}`, "--clear-groups", checkout.launcher];
  if (process.getuid?.() !== 0) skip("only root can become a user who may not write here");
  const before = await start(checkout, asOther).ended;
  expect(before).toMatchObject({ status: 69, stdout: "" });
  expect(before.stderr).toMatch(THREE_PARTS);
  await launch(checkout, []);
  expect(await start(checkout, asOther).ended).toMatchObject({ status: 0, stdout: "first\n", stderr: "" });
});
