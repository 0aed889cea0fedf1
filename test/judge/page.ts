import type { Machine } from "../../bench/machine.ts";
import { type Row, resultOf, type Score } from "./judge.ts";
import { verdictText } from "./text.ts";
import { RESULTS, type Result, type Verdict } from "./verdict.ts";

/** An observer, as the page names it. */
export type Contestant = { name: string; version: string; about: string; lack: string | undefined };

export type Board = {
  rows: readonly Row[];
  contestants: readonly Contestant[];
  trials: number;
  date: string;
  machine: Machine;
};

/** docs/scoreboard.md. */
export function page(board: Board): string {
  const parts = [heading(board), summary(board), table(board), shortcomings(board), missing(board), conditions(board)];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

function heading({ trials, rows }: Board): string {
  return `# The scoreboard

Written by \`npm run scoreboard\`: ${rows.length} programs, each of which does one difficult thing with ports and tells the truth
about it, and what each observer saw of them. Run it: as root, with the peers installed.

An observer is asked only for what it can know at all: one that lists open sockets is not asked who connected before,
and one that names no process is not asked for owners. \`pass\`: everything that was asked is right, and nothing is
invented. \`partial\`: some of it. \`fail\`: none of it. \`–\`: not asked. \`error\`: it or the scenario broke down. Every
observer saw each scenario ${trials === 1 ? "once" : `${trials} times`}; where the trials differ, the worst counts, with the number of passes.`;
}

function summary({ rows, contestants }: Board): string {
  const lines = contestants.map(({ name, about }, index) => {
    const scores = rows.flatMap(({ scores: all }) => all[index] ?? []);
    const count = (result: Result) => String(scores.filter((score) => resultOf(score) === result).length);
    const verdicts = scores.flatMap((score) => score.trials);
    const sum = (of: (verdict: Verdict) => number) => verdicts.reduce((total, verdict) => total + of(verdict), 0);
    const asked = sum(({ checked }) => checked);
    const stated = sum((verdict) => verdict.stated);
    const share = stated === 0 ? "" : `${Math.floor((100 * asked) / stated)} %`;
    return [name, about, ...RESULTS.toReversed().map((result) => count(result)), share];
  });
  const columns = ["observer", "tells", ...RESULTS.toReversed(), "facts asked of it"];
  return `## Summary\n\n${markdown(columns, lines)}

The last column says how much of the truth the observer can know where it was asked at all.`;
}

function table({ rows, contestants }: Board): string {
  const lines = rows.map(({ scenario, scores }) => [
    `${scenario.name}: ${scenario.text.replace(/\.$/, "")}`,
    ...scores.map(cell),
  ]);
  return `## Results\n\n${markdown(["scenario", ...contestants.map(({ name }) => name)], lines)}`;
}

function cell(score: Score): string {
  const result = resultOf(score);
  if (result === "not applicable") return "–";
  const passes = score.trials.filter((trial) => trial.result === "pass").length;
  const mixed = passes > 0 && passes < score.trials.length ? ` (${passes} of ${score.trials.length} pass)` : "";
  return `${result === "pass" ? "pass" : `**${result}**`}${mixed}`;
}

/** What was wrong, observer by observer. */
function shortcomings({ rows, contestants }: Board): string {
  const sections = contestants.flatMap(({ name }, index) => {
    const lines = rows.flatMap(({ scenario, scores }) => {
      const score = scores[index];
      if (score === undefined) return [];
      const result = resultOf(score);
      const trial = score.trials.find((each) => each.result === result);
      if (trial === undefined || result === "pass" || result === "not applicable") return [];
      return [`- ${scenario.name}: ${verdictText(trial)}`];
    });
    return lines.length === 0 ? [] : [`**${name}**\n\n${lines.join("\n")}`];
  });
  return sections.length === 0 ? "" : `## What was wrong\n\n${sections.join("\n\n")}`;
}

/** Why Portolan was not asked; peers that are not here. */
function missing({ rows, contestants }: Board): string {
  const absent = contestants.flatMap(({ name, lack }) => (lack === undefined ? [] : [`- ${name}: ${lack}`]));
  const own = rows.flatMap(({ scenario, scores }) =>
    scores.flatMap((score) => {
      const reason = score.trials[0]?.reason;
      if (!score.own || resultOf(score) !== "not applicable" || reason === undefined) return [];
      return [`- ${scenario.name}, ${score.observer}: ${reason}`];
    }),
  );
  const lines = [...absent, ...own];
  return lines.length === 0 ? "" : `## Not asked, and why\n\n${lines.join("\n")}`;
}

function conditions({ contestants, date, machine }: Board): string {
  const versions = contestants
    .filter(({ lack }) => lack === undefined)
    .map(({ name, version }) => `${name} ${version}`);
  return `## Machine\n\n${markdown(
    ["", ""],
    [
      ["date", date],
      ["processor", `${machine.processor}, ${machine.cores} cores`],
      ["memory", machine.memory],
      ["kernel", machine.kernel],
      ["distribution", machine.distribution],
      ["versions", versions.join(", ")],
    ],
  )}`;
}

function markdown(columns: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((each) => each.replace(/[|\n]/g, " ")).join(" | ")} |`;
  return [line(columns), `|${columns.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}
