/** A test that did not run, and the reason that it gave; without one it counts as failed. */
export type Skip = { name: string; reason?: string };

/** What a part of the test command found. */
export type Outcome = { passed: number; failures: string[]; skips: Skip[] };

export const PASSED: Outcome = { passed: 1, failures: [], skips: [] };

export function failed(what: string): Outcome {
  return { passed: 0, failures: [what], skips: [] };
}

export function skipped(name: string, reason: string): Outcome {
  return { passed: 0, failures: [], skips: [{ name, reason }] };
}

/** The sum, with every skip that names no reason turned into a failure. */
export function total(outcomes: Outcome[]): Outcome {
  const skips = outcomes.flatMap((outcome) => outcome.skips);
  return {
    passed: outcomes.reduce((sum, outcome) => sum + outcome.passed, 0),
    failures: [
      ...outcomes.flatMap((outcome) => outcome.failures),
      ...skips.filter((skip) => !skip.reason).map((skip) => `${skip.name}: skipped without a reason`),
    ],
    skips: skips.filter((skip) => skip.reason),
  };
}
