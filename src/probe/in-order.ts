import type { PortResult, Question } from "./result.ts";

/**
 * Passes results on in the order of the questions: each as soon as it and all before it are known. What comes twice, or
 * was not asked, is not passed on.
 */
export function inOrder(questions: readonly Question[], next: (result: PortResult) => void) {
  const places = new Map(questions.map((question, place) => [key(question), place]));
  const waiting = new Map<number, PortResult>();
  let done = 0;
  return {
    add(result: PortResult): void {
      const place = places.get(key(result));
      if (place === undefined || place < done) return;
      waiting.set(place, result);
      for (let due = waiting.get(done); due !== undefined; due = waiting.get(done)) {
        waiting.delete(done++);
        next(due);
      }
    },
    /** Passes on what is known beyond a port that is not: no more will come. */
    end(): void {
      for (const place of [...waiting.keys()].sort((a, b) => a - b)) {
        const result = waiting.get(place);
        if (result !== undefined) next(result);
      }
      waiting.clear();
    },
  };
}

function key({ protocol, port }: Question): number {
  return port * 2 + (protocol === "tcp" ? 0 : 1);
}
