import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/**
 * A recorded /proc tree as one file: text by path for files, where each character is one byte, and targets by path for
 * symbolic links, which lead nowhere outside the machine that they were recorded on.
 */
export type World = { files: Record<string, string>; links: Record<string, string> };

/** The world recorded under `name`. */
export function readWorld(name: string): World {
  return JSON.parse(readFileSync(new URL(`${name}/world.json`, import.meta.url), "utf8")) as World;
}

/** Writes `world` into a folder of its own; `proc` is what a collector takes for /proc, `remove` ends it. */
export function unpack(world: World): { proc: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "portolan-world-"));
  const place = (path: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    return join(folder, path);
  };
  for (const [path, text] of Object.entries(world.files)) writeFileSync(place(path), text, "latin1");
  for (const [path, target] of Object.entries(world.links)) symlinkSync(target, place(path));
  return { proc: join(folder, "proc"), remove: () => rmSync(folder, { recursive: true }) };
}
