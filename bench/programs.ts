import { spawnSync } from "node:child_process";
import { join } from "node:path";

const COMPILER = "gcc";
const NAMES = ["hold", "churn", "stopwatch"] as const;

/** Where each program of bench/load was compiled to. */
export type Programs = Record<(typeof NAMES)[number], string>;

/** Compiles the programs of bench/load into `folder`. Throws where there is no compiler, naming its packages. */
export function compilePrograms(folder: string): Programs {
  const compiled = NAMES.map((name) => [name, compile(name, folder)] as const);
  return Object.fromEntries(compiled) as Programs;
}

function compile(name: string, folder: string): string {
  const source = join(import.meta.dirname, "load", `${name}.c`);
  const output = join(folder, name);
  const { error, status, stderr } = spawnSync(COMPILER, ["-O2", "-Wall", "-o", output, source], { encoding: "utf8" });
  if (error) throw new Error("the load programs need a compiler: apt install gcc libc6-dev");
  if (status !== 0) throw new Error(`${name}.c was not compiled (apt install gcc libc6-dev):\n${stderr}`);
  return output;
}
