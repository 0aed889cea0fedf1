import type { QueryAnswer } from "../../app/query/answer.ts";
import type { Verdict } from "../../model/verdict.ts";

/** Ports of one verdict and reason that are only counted once they are so many, like what else is of less interest. */
const MANY = 10;

/** What a table shows, and what it only counts: groups of ports with the same verdict and reason, the largest first. */
export type Rows = { shown: Result[]; counted: Group[] };

type Result = QueryAnswer["results"][number];
type Group = { verdict: Verdict; reason: string; ports: number };

/** What is worth a row: everything with `all`, else what listens, and of the rest what is no crowd. */
export function rowsOf({ results }: QueryAnswer, all: boolean): Rows {
  if (all) return { shown: [...results], counted: [] };
  // Most of many ports share the very same text, which makes the two lookups cheap.
  const groups = new Map<string, Map<string, Group>>();
  for (const { verdict, reason } of results) {
    if (verdict === "listening") continue;
    const byReason = groups.get(verdict) ?? new Map<string, Group>();
    const group = byReason.get(reason);
    if (group !== undefined) group.ports++;
    else groups.set(verdict, byReason.set(reason, { verdict, reason, ports: 1 }));
  }
  const crowds = [...groups.values()].flatMap((byReason) => [...byReason.values()]).filter(({ ports }) => ports > MANY);
  const crowded = (result: Result) => (groups.get(result.verdict)?.get(result.reason)?.ports ?? 0) > MANY;
  return {
    shown: crowds.length === 0 ? [...results] : results.filter((result) => !crowded(result)),
    counted: crowds.sort((a, b) => b.ports - a.ports),
  };
}
