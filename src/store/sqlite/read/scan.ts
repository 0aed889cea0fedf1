import { Problem } from "../../../model/problem.ts";
import type { UseQuestion } from "../../../model/record.ts";

/** Whether a question is about something that only single flows know. */
export function scansFlows({ eitherPort, otherPort }: UseQuestion): boolean {
  return eitherPort !== undefined || otherPort !== undefined;
}

/**
 * Clients' ports are in no index: every flow of the interval is looked at, about a million in a tenth of a second.
 * @throws Problem `bad-value` where the question has no beginning.
 */
export function requireInterval(question: UseQuestion): asserts question is UseQuestion & { since: number } {
  if (question.since !== undefined) return;
  throw new Problem("bad-value", `a client's port ${question.eitherPort ?? question.otherPort} needs a time`, {
    why: "Clients' ports change with every connection, and the record has no list of them.",
    next: "add --at TIME or --since TIME",
  });
}
