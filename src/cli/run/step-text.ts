import type { StepResult } from "../../model/steps.ts";

/** A step that did not do what it was there for, in one line, with the last line that its command printed. */
export function failedStepText(step: StepResult, sanitise: (text: string) => string): string {
  const { feature, repetition, exitStatus, output } = step;
  const ending = exitStatus === undefined ? "was not done in time, or could not start" : `ended with ${exitStatus}`;
  const how = exitStatus === 0 ? "did not settle in time" : ending;
  const last = output?.split("\n").at(-1);
  return `Step "${sanitise(feature)}", time ${repetition}, ${how}${last ? `: ${sanitise(last)}` : "."}`;
}
