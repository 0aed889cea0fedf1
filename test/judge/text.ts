import type { Check } from "./check.ts";
import { type Row, resultOf, type Score } from "./judge.ts";
import { type Verdict, wrongFacts } from "./verdict.ts";

/** One line of the table in the terminal, and below it what was wrong. */
export function rowLines(row: Row, observers: readonly string[]): string[] {
  const cells = row.scores.map((score, index) => shortResult(score).padEnd(widthOf(observers[index] ?? "")));
  const line = `${row.scenario.name.padEnd(NAME_WIDTH)} ${cells.join(" ")}`.trimEnd();
  return [line, ...row.scores.flatMap(details)];
}

/** The table's heading. */
export function headingLine(observers: readonly string[]): string {
  const names = observers.map((name) => name.padEnd(widthOf(name)));
  return `${"scenario".padEnd(NAME_WIDTH)} ${names.join(" ")}`.trimEnd();
}

const NAME_WIDTH = 28;

function widthOf(name: string): number {
  return Math.max(name.length, 8) + 1;
}

function shortResult(score: Score): string {
  const result = resultOf(score);
  return result === "not applicable" ? "n/a" : result;
}

/** Why a result is not a pass, of the first trial that has it; a peer's shortcomings are for the page alone. */
function details(score: Score): string[] {
  const result = resultOf(score);
  const trial = score.trials.find((each) => each.result === result);
  if (trial === undefined || !score.own || result === "pass") return [];
  if (trial.reason !== undefined) return [`    ${score.observer}: ${trial.reason.replaceAll("\n", "\n      ")}`];
  return trial.wrong.slice(0, 12).map((check) => `    ${score.observer}: ${checkText(check)}`);
}

/** One wrong fact, whole. */
export function checkText({ fact, row, expected, seen, invented }: Check): string {
  const text = (value: unknown) => JSON.stringify(value) ?? "nothing";
  if (invented) return `${fact}: ${row} ${text(seen)}`;
  return `${fact} of ${row}: expected ${text(expected)}, saw ${text(seen)}`;
}

/** What a person wants to know of a verdict in one line. */
export function verdictText(verdict: Verdict): string {
  if (verdict.reason !== undefined) return verdict.reason.split("\n", 1)[0] ?? "";
  return wrongFacts(verdict).join(", ");
}
