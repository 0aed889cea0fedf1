import { EXIT } from "../model/exit-status.ts";
import { Problem } from "../model/problem.ts";
import type { Verb } from "./verb.ts";
import { visible } from "./visible.ts";
import type { World } from "./world.ts";

/** Says on stderr what happened, why, and what to do next, and answers the exit status. */
export function report(error: unknown, world: World, verb?: Verb): number {
  if (error instanceof Problem) {
    say(world, problemText(error));
    return verb?.statusOf?.(error) ?? error.status;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  say(world, `portolan: this is a bug in Portolan, please report it with what follows\n${lines(stack)}\n`);
  return verb?.statusOf?.({ status: EXIT.bug, code: "bug" }) ?? EXIT.bug;
}

/** A problem in up to three lines: what, why, next. Each may quote untrusted text. */
export function problemText(problem: Problem): string {
  const parts = [`portolan: ${visible(problem.message)}\n`];
  if (problem.why) parts.push(`  ${visible(problem.why)}\n`);
  if (problem.next) parts.push(`  next: ${visible(problem.next)}\n`);
  return parts.join("");
}

function lines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}

function say(world: World, text: string): void {
  try {
    world.stderr.write(text);
  } catch {
    // stderr itself cannot be written: nobody is left to tell, and the exit status still says it
  }
}
