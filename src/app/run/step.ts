import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import type { Settle, Step, StepResult } from "../../model/steps.ts";
import type { Observation } from "./observe.ts";

/** How often it is looked whether something has settled, in milliseconds. */
const LOOK = 50;
/** How much of a command's output is kept, in characters. */
const KEPT = 2000;

/**
 * Runs the command of one step, beside the application and not in its place, and waits until it has settled.
 * `over`: nobody needs the answer any more.
 */
export async function exercise(
  step: Step,
  repetition: number,
  observation: Observation,
  over: AbortSignal,
  environment: NodeJS.ProcessEnv,
): Promise<StepResult> {
  const limit = AbortSignal.any([over, AbortSignal.timeout(step.timeout)]);
  const { exitStatus, output } = await runCommand(step.command, limit, environment);
  let settled = exitStatus !== undefined;
  for (const wait of step.settle) settled = settled && (await settle(wait, observation, limit));
  const about = { feature: step.feature, repetition, settled };
  if (exitStatus === 0 && settled) return { ...about, exitStatus };
  return { ...about, ...(exitStatus !== undefined && { exitStatus }), ...(output !== "" && { output }) };
}

/** Waits until what `wait` names has come; false where the limit comes first. */
export async function settle(wait: Settle, observation: Observation, limit: AbortSignal): Promise<boolean> {
  let since = performance.now();
  let before = activity(observation);
  while (!limit.aborted) {
    if (wait.kind === "port") {
      if (observation.openPorts.has(wait.port)) return true;
    } else {
      const now = activity(observation);
      if (wait.kind === "quiet" && now !== before) since = performance.now();
      before = now;
      if (performance.now() - since >= wait.milliseconds) return true;
    }
    await pause(LOOK);
  }
  return false;
}

function activity(observation: Observation): string {
  const { flows, listening, failed } = observation.soFar();
  return `${flows} ${failed} ${listening}`;
}

function runCommand(
  [file = "", ...words]: readonly string[],
  limit: AbortSignal,
  environment: NodeJS.ProcessEnv,
): Promise<{ exitStatus?: number; output: string }> {
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(file, words, {
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      signal: limit,
      killSignal: "SIGKILL",
    });
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString("utf8")).slice(-KEPT);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", ({ message }) => resolve({ output: output || message }));
    child.once("exit", (status) => {
      // What it left in the background may hold its output open for ever: that is not waited for.
      setImmediate(() => resolve({ ...(status !== null && { exitStatus: status }), output: output.trimEnd() }));
    });
  });
}
