import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, rename, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { rolldown } from "rolldown";

// Bundles the program into dist/, as CommonJS: Node starts that faster than the same program as ES modules. Everything
// is written beside and then moved into place, so that a program that starts meanwhile never meets half a build.

const root = dirname(import.meta.dirname);
const dist = join(root, "dist");
const staging = join(dist, `next-${process.pid}`);

/** What is bundled, each into a file of its own. */
const entries = {
  portolan: join(root, "src/portolan.ts"),
  "ebpf-worker": join(root, "src/collect/linux/ebpf/worker.ts"),
};

/** The compiled BPF objects, which the program reads as they are. */
const objects = join(root, "src/collect/linux/ebpf/object");

/** What the launcher compares with the stamp. */
const inputs = ["src", "scripts/build.ts", "scripts/build-entry.cjs", "package.json"].map((name) => join(root, name));

/** The latest time at which anything below `path` changed, folders included, in milliseconds with fractions. */
async function newest(path: string): Promise<number> {
  const found = await stat(path);
  if (!found.isDirectory()) return found.mtimeMs;
  const below = await Promise.all((await readdir(path)).map((name) => newest(join(path, name))));
  return Math.max(found.mtimeMs, ...below);
}

/** One file per entry starts faster than a chunk per verb, and an old program that runs on never misses a chunk. */
async function bundle(): Promise<void> {
  for (const [name, input] of Object.entries(entries)) {
    const bundler = await rolldown({ input: { [name]: input }, platform: "node", external: ["koffi"] });
    await bundler.write({ dir: staging, format: "cjs", entryFileNames: "[name].cjs", codeSplitting: false });
    await bundler.close();
  }
}

/** File by file, each replacing its predecessor at once; the entry last, when all that it loads is there. */
async function moveIntoPlace(): Promise<void> {
  const names = (await readdir(staging, { recursive: true, withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(staging, join(entry.parentPath, entry.name)));
  const last = ["portolan.cjs", "main.cjs"];
  for (const name of [...names.filter((each) => !last.includes(each)), ...last]) {
    await mkdir(dirname(join(dist, name)), { recursive: true });
    await rename(join(staging, name), join(dist, name));
  }
}

/** The program runs on the Node that built it; the launcher follows this link. */
async function linkNode(): Promise<void> {
  const ours = relative(root, process.execPath).startsWith("node_modules");
  await symlink(ours ? relative(dist, process.execPath) : process.execPath, join(staging, "node"));
}

/** What a build that was killed left behind: its folder is named after its pid. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(dist)) {
    const pid = /^next-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) await rm(join(dist, name), { recursive: true });
  }
}

async function build(): Promise<void> {
  // Taken before anything is read, and rounded up, because a file's time has finer steps than a number here: an edit
  // during the build is newer than the stamp, and the next start builds again.
  const stamp = Math.ceil(Math.max(...(await Promise.all(inputs.map(newest))))) + 1;
  await bundle();
  // The web page's own bundle belongs here, as soon as there is one.
  await cp(objects, join(staging, "object"), { recursive: true });
  await cp(join(root, "scripts/build-entry.cjs"), join(staging, "main.cjs"));
  await linkNode();
  await moveIntoPlace();
  // Fills the compile cache, so that the first start is as quick as the second, in a read-only checkout too.
  execFileSync(process.execPath, [join(dist, "main.cjs"), "--version"], { stdio: ["ignore", "ignore", "inherit"] });
  await writeFile(join(dist, "stamp"), "");
  await utimes(join(dist, "stamp"), stamp / 1000, stamp / 1000);
}

await mkdir(staging, { recursive: true });
try {
  await removeLeftovers();
  await build();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(staging, { recursive: true, force: true });
}
