import { EXIT } from "./exit-status.ts";

/**
 * What a query says of a port. `filtered`: something on the way, or the host, keeps it from being known. A silent UDP port
 * is `listening-or-filtered`, because a service need not answer a question that it does not understand.
 */
export const VERDICTS = ["listening", "not-listening", "filtered", "listening-or-filtered"] as const;

export type Verdict = (typeof VERDICTS)[number];

/** Whether a verdict leaves open if something listens. */
export function isUndecided(verdict: Verdict): boolean {
  return verdict === "filtered" || verdict === "listening-or-filtered";
}

/** The exit status of a query: 0 when any port listens, else 2 when any is undecided, else 1. */
export function statusOf(ports: Iterable<{ readonly verdict: Verdict }>): number {
  let status: number = EXIT.no;
  for (const { verdict } of ports) {
    if (verdict === "listening") return EXIT.done;
    if (isUndecided(verdict)) status = EXIT.undecided;
  }
  return status;
}
