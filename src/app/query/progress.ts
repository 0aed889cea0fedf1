import type { PortResult } from "../../probe/result.ts";

/** How far a query is. Of a name with several addresses one is asked after the other. */
export type QueryProgress = { address: string; total: number; known: number; listening: number; seconds: number };

/** Between two reports, in milliseconds. */
const REPORT = 250;

/** Counts what is known, and reports it now and then until `end`. */
export function createProgress(report: ((progress: QueryProgress) => void) | undefined) {
  const begun = performance.now();
  let now = { address: "", total: 0, known: 0, listening: 0 };
  const timer = report && setInterval(() => report({ ...now, seconds: (performance.now() - begun) / 1000 }), REPORT);
  return {
    /** An address is asked from now on. */
    address(address: string, total: number): void {
      now = { address, total, known: 0, listening: now.listening };
    },
    count({ verdict }: PortResult): void {
      now.known++;
      if (verdict === "listening") now.listening++;
    },
    end: () => clearInterval(timer),
  };
}
