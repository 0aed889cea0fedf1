import { existsSync } from "node:fs";
import type { Process } from "../../model/process.ts";
import type { Interruptions } from "./ending.ts";
import type { Observation } from "./observe.ts";
import type { Listener } from "./run.ts";

/** How long remaining processes are followed where nobody can press Ctrl+C, in milliseconds. */
const UNATTENDED = 10_000;
/** How often the remaining processes are looked at, in milliseconds. */
const LOOK = 100;

/**
 * The command has ended. Follows the processes that it left behind until they end, somebody interrupts, or time is up:
 * `left` milliseconds where `--for` says so, ten seconds where standard input is no terminal.
 */
export async function followLeftovers(
  observation: Observation,
  signals: Interruptions,
  listener: Listener,
  left: number | undefined,
): Promise<void> {
  let interrupted = false;
  signals.onSignal(() => {
    interrupted = true;
  });
  await observation.flush();
  const remaining = living(observation);
  if (remaining.length === 0) return;
  const attended = process.stdin.isTTY === true;
  const limit = left ?? (attended ? undefined : UNATTENDED);
  listener.leftovers(remaining, left !== undefined ? "time" : attended ? "interrupt" : "soon");
  const end = limit === undefined ? Number.POSITIVE_INFINITY : performance.now() + limit;
  while (!interrupted && living(observation).length > 0 && performance.now() < end) {
    await signals.after(Math.min(LOOK, Math.max(1, end - performance.now()))).elapsed;
  }
}

/** Those that have not ended. Where the news of an end was lost, /proc has it. */
function living(observation: Observation): Process[] {
  return observation.alive.processes.filter(({ pid }) => existsSync(`/proc/${pid}`));
}
