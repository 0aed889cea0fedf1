import type { QueryTarget } from "../../model/documents/query.ts";
import type { PortResult } from "../../probe/result.ts";

/** Passes ports on as soon as it is known whose they are: the name of an address may take longer than its ports. */
export function createLines(emit: (result: PortResult, target: QueryTarget) => void) {
  const waiting: PortResult[] = [];
  let whose: QueryTarget | undefined;
  return {
    add(result: PortResult): void {
      if (whose === undefined) waiting.push(result);
      else emit(result, whose);
    },
    /** The target is known. What is said of it later is too late. */
    begin(target: QueryTarget): void {
      whose ??= target;
      for (const result of waiting.splice(0)) emit(result, whose);
    },
  };
}
