import { Problem } from "../../../model/problem.ts";
import type { UseQuestion } from "../../../model/record.ts";

/** Whether a question is about clients' ports, which hours do not know. */
export function asksClients({ eitherPort, otherPort }: UseQuestion): boolean {
  return eitherPort !== undefined || otherPort !== undefined;
}

/**
 * Clients' ports are in no index: every flow of the interval is looked at, some millions a second.
 * @throws Problem `bad-value` where a question about them has no beginning.
 */
export function requireBeginning(question: UseQuestion): void {
  if (!asksClients(question) || question.since !== undefined) return;
  throw new Problem("bad-value", `a client's port ${question.eitherPort ?? question.otherPort} needs a time`, {
    why: "Clients' ports change with every connection, and the record has no list of them.",
    next: "add --at TIME or --since TIME",
  });
}
