import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { cgroup2Mount } from "./mount.ts";

const SUFFIXES = ["", ".service", ".scope", ".slice", ".socket"];
/** systemd nests slices; deeper than this nothing of it lies. */
const DEPTH = 12;

/** The cgroup v2 folder of a systemd unit, named with or without `.service`; undefined where there is none. */
export function unitCgroup(unit: string): string | undefined {
  const mount = cgroup2Mount();
  if (mount === undefined || unit === "" || unit.includes("/")) return undefined;
  const names = SUFFIXES.map((suffix) => unit + suffix);
  let level = [mount];
  for (let depth = 0; depth < DEPTH && level.length > 0; depth++) {
    const below = level.flatMap((folder) => foldersIn(folder).map((name) => ({ name, path: join(folder, name) })));
    for (const name of names) {
      const found = below.find((one) => one.name === name);
      if (found) return found.path;
    }
    level = below.map((one) => one.path);
  }
  return undefined;
}

function foldersIn(folder: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return []; // it went away meanwhile
    throw error;
  }
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
