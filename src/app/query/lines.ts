import type { QueryTarget } from "../../model/documents/query.ts";
import type { Found } from "./answer.ts";

/** Passes ports on as soon as it is known whose they are: the name of an address may take longer than its ports. */
export function createLines(emit: (found: Found, target: QueryTarget) => void) {
  const waiting: Found[] = [];
  let whose: QueryTarget | undefined;
  return {
    add(found: Found): void {
      if (whose === undefined) waiting.push(found);
      else emit(found, whose);
    },
    /** The target is known. What is said of it later is too late. */
    begin(target: QueryTarget): void {
      whose ??= target;
      for (const found of waiting.splice(0)) emit(found, whose);
    },
  };
}
