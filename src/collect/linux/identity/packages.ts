import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { readText, refusalOf } from "../owners/proc-file.ts";
import { PackageIndex } from "./package-index.ts";

/** dpkg(1): one list file for each package, `NAME.list` or `NAME:ARCHITECTURE.list`. */
const LISTS = "var/lib/dpkg/info";
/** dpkg replaces it whenever it changes anything. */
const STATUS = "var/lib/dpkg/status";
/** Executables whose package is remembered. */
const REMEMBERED = 4096;
/** How often is looked whether dpkg changed anything, in milliseconds. */
const LOOK = 10_000;
/** How long lists are read without a break, in milliseconds. */
const BREATH = 5;

/** Which package a file comes from. */
export type Packages = {
  /** The package's name without its architecture; absent where no package has the file, and where there is no dpkg. */
  of(executable: string): string | undefined;
};

/**
 * The packages of the machine below `root`, as dpkg knows them. Their lists are read once, and again after dpkg changed
 * something; until that is done, the answers are the old ones.
 */
export async function readPackages(root: string): Promise<Packages> {
  const folder = join(root, LISTS);
  let version = versionOf(root);
  let known = await readIndex(folder);
  let remembered = new Map<string, string | undefined>();
  let lookedAt = performance.now();
  let reading = false;

  const readAgain = async (): Promise<void> => {
    reading = true;
    version = versionOf(root);
    known = await readIndex(folder);
    remembered = new Map();
    reading = false;
  };
  return {
    of(executable) {
      const path = executable.replace(/ \(deleted\)$/, "");
      if (remembered.has(path)) return remembered.get(path);
      if (!reading && performance.now() - lookedAt >= LOOK) {
        lookedAt = performance.now();
        if (versionOf(root) !== version) void readAgain();
      }
      const owner = ownerOf(path, folder, known);
      if (remembered.size >= REMEMBERED) remembered.clear();
      remembered.set(path, owner);
      return owner;
    },
  };
}

type Known = { index: PackageIndex; names: string[] };

/** Reads all lists into one buffer, one after the other, and lets others have the processor in between. */
async function readIndex(folder: string): Promise<Known> {
  const index = new PackageIndex();
  const names = (await listNames(folder)).slice(0, 65_535);
  const buffer = { bytes: Buffer.allocUnsafeSlow(1 << 16) };
  let since = performance.now();
  for (const [number, name] of names.entries()) {
    index.add(readInto(buffer, join(folder, name)), number);
    if (performance.now() - since < BREATH) continue;
    await setImmediate();
    since = performance.now();
  }
  index.seal();
  return { index, names };
}

/** The content of a file, valid until the next call; nothing where the package was removed meanwhile. */
function readInto(buffer: { bytes: Buffer }, path: string): Uint8Array {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    refusalOf(error);
    return new Uint8Array();
  }
  try {
    const { size } = fstatSync(file);
    if (size > buffer.bytes.length) buffer.bytes = Buffer.allocUnsafeSlow(size * 2);
    return buffer.bytes.subarray(0, readSync(file, buffer.bytes, 0, size, 0));
  } finally {
    closeSync(file);
  }
}

/** Without dpkg, or where this user may not look, there are none. */
async function listNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(".list"));
  } catch {
    return [];
  }
}

function ownerOf(path: string, folder: string, { index, names }: Known): string | undefined {
  const spellings = path.startsWith("/usr/") ? [path, path.slice(4)] : [path, `/usr${path}`];
  for (const number of index.candidates(path)) {
    const name = names[number] ?? "";
    const list = `\n${readText(join(folder, name)) ?? ""}`;
    if (spellings.some((spelling) => list.includes(`\n${spelling}\n`))) return name.replace(/(?::[^:]*)?\.list$/, "");
  }
  return undefined;
}

function versionOf(root: string): string {
  try {
    const { ino, mtimeMs } = statSync(join(root, STATUS));
    return `${ino} ${mtimeMs}`;
  } catch {
    return "none";
  }
}
