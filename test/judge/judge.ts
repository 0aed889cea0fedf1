import type { Adapter } from "./adapter.ts";
import { groups } from "./adapters.ts";
import { type Played, play } from "./play.ts";
import { lackOf, type Scenario } from "./scenario.ts";
import { errorVerdict, notApplicable, RESULTS, type Result, type Verdict } from "./verdict.ts";

/** One observer's trials of one scenario. */
export type Score = { observer: string; own: boolean; trials: Verdict[] };

/** Everything about one scenario. */
export type Row = { scenario: Scenario; scores: Score[] };

/** Judges `scenario` before each of `adapters`, `trials` times. */
export async function judge(scenario: Scenario, adapters: readonly Adapter[], trials: number): Promise<Row> {
  const verdicts = new Map<Adapter, Verdict[]>(adapters.map((adapter) => [adapter, []]));
  const add = (played: Played) => {
    for (const [adapter, verdict] of played) verdicts.get(adapter)?.push(verdict);
  };
  const lack = lackOf(scenario);
  const able: Adapter[] = [];
  for (const adapter of adapters) {
    const reason = lack ?? adapter.lack() ?? outside(scenario, adapter);
    if (reason === undefined) able.push(adapter);
    else add(new Map([[adapter, notApplicable(reason)]]));
  }
  for (let trial = 0; trial < trials; trial++) for (const group of groups(able)) add(await play(scenario, group));
  const scores = adapters.map((adapter) => ({
    observer: adapter.name,
    own: adapter.own === true,
    trials: verdicts.get(adapter) ?? [errorVerdict("it was never tried")],
  }));
  return { scenario, scores };
}

function outside(scenario: Scenario, adapter: Adapter): string | undefined {
  if (scenario.scopes.includes(adapter.scope)) return undefined;
  return `the scenario is about ${scenario.scopes.join(" and ")}`;
}

/** The result of all trials: the worst. */
export function resultOf({ trials }: Score): Result {
  return RESULTS.find((result) => trials.some((trial) => trial.result === result)) ?? "error";
}

/** Whether Portolan holds every scenario that applies. */
export function holds(rows: readonly Row[]): boolean {
  const own = rows.flatMap(({ scores }) => scores.filter((score) => score.own));
  return own.length > 0 && own.every((score) => ["pass", "not applicable"].includes(resultOf(score)));
}
