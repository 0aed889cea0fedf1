import { Problem } from "../../model/problem.ts";

/** Does each of `works`, whatever becomes of the others. @throws one problem that names everything that failed. */
export function each(works: readonly (() => void)[]): void {
  const failures: Problem[] = [];
  for (const work of works) {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      failures.push(error);
    }
  }
  const [first] = failures;
  if (first === undefined) return;
  if (failures.length === 1) throw first;
  throw new Problem(first.code, failures.map(({ message }) => message).join("; "), {
    ...(first.why !== undefined && { why: first.why }),
    ...(first.next !== undefined && { next: first.next }),
    cause: first,
  });
}
