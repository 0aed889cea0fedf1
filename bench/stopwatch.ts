import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Room } from "./room.ts";
import type { Bench } from "./row.ts";

export type Timing = {
  /** From the fork to the end of the whole command. */
  milliseconds: number;
  /** Processor time of the command, user and system. */
  processor: number;
  /** The most memory that it had at once, in megabytes. */
  memory: number;
  status: number;
  output: string;
  errors: string;
};

/** Runs one whole command in `room`, its text into a file, and reads that file afterwards. */
export function time(bench: Bench, room: Room, command: readonly string[]): Timing {
  const output = join(bench.scratch, "output");
  const errors = join(bench.scratch, "errors");
  const run = spawnSync(bench.programs.stopwatch, [room.namespace, output, errors, ...command], { encoding: "utf8" });
  if (run.error || run.status !== 0) throw new Error(`stopwatch failed: ${run.error?.message ?? run.stderr}`);
  const timing = JSON.parse(run.stdout) as Omit<Timing, "output" | "errors">;
  return { ...timing, output: readFileSync(output, "utf8"), errors: readFileSync(errors, "utf8") };
}
