import { readFileSync } from "node:fs";
import { parseSteps } from "../../formats/steps/parse.ts";
import { PHASES } from "../../model/mark.ts";
import { Problem } from "../../model/problem.ts";
import type { StepResult, Steps } from "../../model/steps.ts";
import type { Observation } from "./observe.ts";
import { exercise, settle } from "./step.ts";

/** How long the application is watched at rest before the first step, in milliseconds. */
const REST = 2_000;
/** How long it may take to be ready, in milliseconds. */
const START = 60_000;

/** Reads the steps in `file`. @throws Problem `bad-steps`. */
export function readSteps(file: string): Steps {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Problem("bad-steps", `the steps ${file} cannot be read`, {
      why: error instanceof Error ? error.message : String(error),
      next: `ls -l ${file}`,
      cause: error,
    });
  }
  return parseSteps(text, file);
}

/**
 * Exercises the application as `steps` say: each step is marked, run and waited for, in an order that begins one step
 * later with each repetition, so that what follows one function is not always taken for the next. A step that
 * fails stops nothing. Ends early when `over` says that the application has ended.
 */
export async function takeSteps(
  steps: Steps,
  observation: Observation,
  over: AbortSignal,
  environment: NodeJS.ProcessEnv,
): Promise<StepResult[]> {
  await settle(steps.ready, observation, AbortSignal.any([over, AbortSignal.timeout(START)]));
  observation.mark(PHASES.idle);
  await settle({ kind: "time", milliseconds: REST }, observation, over);
  const results: StepResult[] = [];
  for (let repetition = 1; repetition <= steps.repeat; repetition++) {
    const first = (repetition - 1) % steps.features.length;
    for (const step of [...steps.features.slice(first), ...steps.features.slice(0, first)]) {
      if (over.aborted) return results;
      observation.mark(step.feature);
      results.push(await exercise(step, repetition, observation, over, environment));
    }
  }
  return results;
}
