import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { program } from "../live/machine.ts";
import { C_HEADER, type Scenario } from "./scenario.ts";

const CACHE = join(import.meta.dirname, "../../node_modules/.cache/scenarios");
const FLAGS = ["-O1", "-Wall", "-pthread"];

/**
 * The command line of a scenario, without its argument. What is compiled is copied into `folder`: a scenario may delete
 * or replace its own executable.
 */
export async function commandOf(scenario: Scenario, folder: string): Promise<string[]> {
  if (scenario.language === "py") return [realpathSync(program("python3")), scenario.file];
  if (scenario.language === "ts") return [process.execPath, scenario.file];
  const own = join(folder, scenario.name);
  copyFileSync(await compiled(scenario), own);
  return [own];
}

/** The compiled program, from the cache where source, header and flags are the same. */
async function compiled({ file, name }: Scenario): Promise<string> {
  const hash = createHash("sha256").update(FLAGS.join(" "));
  for (const source of [C_HEADER, file]) hash.update(readFileSync(source));
  const made = join(CACHE, `${name}-${hash.digest("hex").slice(0, 16)}`);
  if (existsSync(made)) return made;
  mkdirSync(CACHE, { recursive: true });
  const unfinished = `${made}.${process.pid}`;
  try {
    await promisify(execFile)(program("gcc"), [...FLAGS, "-o", unfinished, file]);
  } catch (error) {
    throw new Error(`${name}.c was not compiled: ${String((error as { stderr?: unknown }).stderr ?? error)}`);
  }
  renameSync(unfinished, made);
  return made;
}
