import { EXIT } from "./exit-status.ts";

/**
 * Every problem that Portolan reports, in one place. `docs/problems.md` describes each code, and a test holds the two
 * together both ways. The status is what the command exits with.
 */
export const PROBLEMS = {
  "unknown-verb": EXIT.usage,
  "unknown-option": EXIT.usage,
  "missing-value": EXIT.usage,
  "unexpected-word": EXIT.usage,
  "bad-value": EXIT.usage,
  "bad-filter": EXIT.usage,
  "missing-command": EXIT.usage,
  "missing-host": EXIT.usage,
  "conflicting-options": EXIT.usage,
  "command-not-found": EXIT.commandNotFound,
  "command-not-executable": EXIT.notExecutable,
  "no-such-process": EXIT.badInput,
  "no-such-unit": EXIT.badInput,
  "name-not-resolved": EXIT.badInput,
  "nothing-to-mark": EXIT.unavailable,
  "several-running": EXIT.usage,
  "bad-manifest": EXIT.badInput,
  "bad-steps": EXIT.badInput,
  "bad-declaration": EXIT.badInput,
  "bad-log": EXIT.badInput,
  "not-available": EXIT.unavailable,
  "source-port-in-use": EXIT.unavailable,
  "not-permitted": EXIT.notPermitted,
  "output-failed": EXIT.inputOutput,
  "service-failed": EXIT.inputOutput,
  "no-such-application": EXIT.no,
  "bad-config": EXIT.badConfiguration,
  "no-record": EXIT.unavailable,
  "bad-record": EXIT.badInput,
  "record-in-use": EXIT.unavailable,
  "record-full": EXIT.inputOutput,
  "record-failed": EXIT.inputOutput,
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/**
 * A mistake or a lack that a person can do something about. Printed without a stack: what happened, why, and the
 * literal next step. Anything else that is thrown is a bug of ours.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  /** Why it happened, as a sentence; absent where `message` already says so. */
  readonly why: string | undefined;
  /** What to do next, with the literal command. */
  readonly next: string | undefined;

  constructor(code: ProblemCode, what: string, more: { why?: string; next?: string; cause?: unknown } = {}) {
    super(what, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "Problem";
    this.code = code;
    this.why = more.why;
    this.next = more.next;
  }

  /** The exit status that the contract gives this problem. */
  get status(): number {
    return PROBLEMS[this.code];
  }
}
