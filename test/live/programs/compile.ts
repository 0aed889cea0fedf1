import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { program } from "../machine.ts";
import type { Stage } from "../stage.ts";

/** Compiles `NAME.c` of this folder into the stage's folder, and returns the program's path. */
export function compile(stage: Stage, name: string): string {
  const made = stage.path(name);
  execFileSync(program("cc"), ["-O2", "-Wall", "-Werror", "-o", made, join(import.meta.dirname, `${name}.c`)]);
  return made;
}
