import { execFileSync, spawnSync } from "node:child_process";
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

/** `path` and all below it, folders included, with the latest time at which each changed in milliseconds. */
async function below(path: string): Promise<{ path: string; changed: number }[]> {
  const found = await stat(path);
  const own = { path, changed: found.mtimeMs };
  if (!found.isDirectory()) return [own];
  const rest = await Promise.all((await readdir(path)).map((name) => below(join(path, name))));
  return [own, ...rest.flat()];
}

/**
 * What the launcher runs to learn whether anything changed since the stamp. A folder's own time tells of files that came
 * or went; to have the names written down takes a third of the time of looking for them.
 */
async function writeInputs(paths: string[]): Promise<void> {
  const words = paths.map((path) => `'${relative(root, path).replaceAll("'", "'\\''")}'`);
  const text = `portolan_changed() {
  for portolan_entry in \\
    ${words.join(" \\\n    ")}
  do
    [ "$portolan_root/$portolan_entry" -nt "$portolan_root/dist/stamp" ] && return 0
  done
  return 1
}
`;
  await writeFile(join(staging, "inputs"), text);
}

async function bundle(): Promise<void> {
  for (const [name, input] of Object.entries(entries)) {
    const bundler = await rolldown({
      input: { [name]: input },
      platform: "node",
      external: ["koffi"],
      preserveEntrySignatures: false,
    });
    await bundler.write({
      dir: staging,
      format: "cjs",
      entryFileNames: "[name].cjs",
      chunkFileNames: "[name]-[hash].cjs",
    });
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
  await forgetOldChunks(new Set(names));
}

/** A chunk of an earlier build may still be asked for by a program that runs; after a day nobody does any more. */
async function forgetOldChunks(current: Set<string>): Promise<void> {
  const dayAgo = Date.now() - 24 * 60 * 60 * 1000;
  for (const name of await readdir(dist)) {
    if (!name.endsWith(".cjs") || current.has(name)) continue;
    if ((await stat(join(dist, name))).mtimeMs < dayAgo) await rm(join(dist, name));
  }
}

/**
 * Runs the program, so that its first start is as quick as the second, in a read-only checkout too. Node keeps what a file
 * compiled in the first run that loaded it, so `ls`, which has to be quick, comes first. What these runs find or lack on
 * this machine is no matter of the build.
 */
function fillCompileCache(): void {
  const main = join(dist, "main.cjs");
  for (const words of [["ls", "--collector", "procfs"], ["ls"], ["doctor"]])
    spawnSync(process.execPath, [main, ...words], { stdio: "ignore", timeout: 10_000 });
  execFileSync(process.execPath, [main, "--version"], { stdio: ["ignore", "ignore", "inherit"] });
}

/** The program runs on the Node that built it; the launcher follows this link. */
async function linkNode(): Promise<void> {
  const ours = relative(root, process.execPath).startsWith("node_modules");
  await symlink(ours ? relative(dist, process.execPath) : process.execPath, join(staging, "node"));
}

/**
 * Node keeps the cache per user, in folders that end with the user's number. What `sudo` uses is made here, by the owner
 * of the checkout, so that root leaves no folder behind that the owner cannot remove.
 */
async function shareCompileCacheWithRoot(): Promise<void> {
  const cache = join(dist, "cache");
  const user = `-${process.getuid?.()}`;
  for (const name of existsSync(cache) ? await readdir(cache) : []) {
    if (!name.endsWith(user) || user === "-0") continue;
    await cp(join(cache, name), join(cache, `${name.slice(0, -user.length)}-0`), { recursive: true });
  }
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
  const read = (await Promise.all(inputs.map(below))).flat();
  const stamp = Math.ceil(Math.max(...read.map(({ changed }) => changed))) + 1;
  await bundle();
  await writeInputs(read.map(({ path }) => path));
  // The web page's own bundle belongs here, as soon as there is one.
  await cp(objects, join(staging, "object"), { recursive: true });
  await cp(join(root, "scripts/build-entry.cjs"), join(staging, "main.cjs"));
  await linkNode();
  await moveIntoPlace();
  fillCompileCache();
  await shareCompileCacheWithRoot();
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
