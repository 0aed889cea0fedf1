/** How to know that something is over: no new flow or port for a while, a time, or a port that is open. */
export type Settle = { kind: "quiet" | "time"; milliseconds: number } | { kind: "port"; port: number };

/** One function of an application, and what exercises it. */
export type Step = {
  feature: string;
  /** Run by no shell. */
  command: string[];
  /** What is waited for after the command, one after the other. */
  settle: Settle[];
  /** Milliseconds for the command and for all that is waited for. */
  timeout: number;
};

/** How to exercise an application: `portolan.steps/1`. */
export type Steps = { ready: Settle; repeat: number; features: Step[] };

/** What became of one step. */
export type StepResult = {
  feature: string;
  repetition: number;
  /** Absent where it could not be started, or was still running when its time was up. */
  exitStatus?: number;
  settled: boolean;
  /** The last lines of its output; only of one that failed or did not settle. */
  output?: string;
};

/** Whether a step did what it was there for. */
export function stepFailed({ exitStatus, settled }: StepResult): boolean {
  return exitStatus !== 0 || !settled;
}
