import type { Found, QueryAnswer } from "../../app/query/answer.ts";

/** Ports of one verdict and reason that are only counted once they are so many, like what else is of less interest. */
const MANY = 10;

/** What a table shows, and what it only counts: groups of ports with the same verdict and reason, the largest first. */
export type Rows = { shown: Found[]; counted: { verdict: string; reason: string; ports: number }[] };

/** What is worth a row: everything with `all`, else what listens, and of the rest what is no crowd. */
export function rowsOf({ found }: QueryAnswer, all: boolean): Rows {
  if (all) return { shown: [...found], counted: [] };
  const groups = new Map<string, { verdict: string; reason: string; ports: number }>();
  for (const { result } of found) {
    const { verdict, reason } = result;
    if (verdict === "listening") continue;
    const group = groups.get(`${verdict} ${reason}`);
    if (group === undefined) groups.set(`${verdict} ${reason}`, { verdict, reason, ports: 1 });
    else group.ports++;
  }
  const isCounted = ({ result: { verdict, reason } }: Found) => (groups.get(`${verdict} ${reason}`)?.ports ?? 0) > MANY;
  const counted = [...groups.values()].filter(({ ports }) => ports > MANY).sort((a, b) => b.ports - a.ports);
  return { shown: found.filter((each) => !isCounted(each)), counted };
}
