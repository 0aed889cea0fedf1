import type { Check } from "./check.ts";
import type { Comparison } from "./compare.ts";

export const RESULTS = ["error", "fail", "partial", "pass", "not applicable"] as const;

/**
 * How an observer did on one scenario, once.
 *
 * - `pass`: every fact that it can know is right, and nothing is invented
 * - `partial`: some are; `wrong` names the others
 * - `fail`: none is
 * - `not applicable`: it was not asked, and `reason` says why
 * - `error`: the scenario or the observer broke down, so nothing is known
 */
export type Result = (typeof RESULTS)[number];

export type Verdict = {
  result: Result;
  reason?: string;
  /** Facts compared, and facts that the truth states. */
  checked: number;
  stated: number;
  wrong: Check[];
};

export function notApplicable(reason: string, stated = 0): Verdict {
  return { result: "not applicable", reason, checked: 0, stated, wrong: [] };
}

export function errorVerdict(error: unknown): Verdict {
  const text = error instanceof Error ? error.message : String(error);
  return { result: "error", reason: text.slice(0, 2000), checked: 0, stated: 0, wrong: [] };
}

/** The verdict over the comparisons. A truth that states nothing is held to what was invented. */
export function verdictOf({ made, unknowable }: Comparison, whatItKnows: string): Verdict {
  const wrong = made.filter(({ ok }) => !ok);
  const stated = made.filter(({ invented }) => invented !== true).length;
  const counts = { checked: stated, stated: stated + unknowable, wrong };
  if (made.length === 0 && unknowable > 0) return notApplicable(`it knows ${whatItKnows} alone`, unknowable);
  if (wrong.length === 0) return { result: "pass", ...counts };
  return { result: stated > wrong.length || made.some(({ ok }) => ok) ? "partial" : "fail", ...counts };
}

/** The facts that were wrong, each once, in order. */
export function wrongFacts({ wrong }: Verdict): string[] {
  return [...new Set(wrong.map(({ fact, invented }) => (invented ? `${fact} (invented)` : fact)))];
}
