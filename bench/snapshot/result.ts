import type { Cell, Result, Table, Verdict } from "../row.ts";
import { figure, median } from "../statistics.ts";
import type { Held } from "./held.ts";
import { medianOf, type Run } from "./race.ts";

/** What Portolan's median has to be at most, as a share of the median of the command of that name. */
export type Target = { against: string; atMost: number };

/** The table of a race, whose first run is Portolan's, and a verdict for each target. */
export function raceResult(runs: readonly Run[], held: Held, targets: readonly Target[]): Result {
  const ours = medianOf(runs[0]);
  return {
    tables: [table(runs, ours, held)],
    verdicts: targets.map((target) => verdict(target, runs, ours)),
    notes: [],
  };
}

function table(runs: readonly Run[], ours: number | undefined, held: Held): Table {
  return {
    title: `${held.total} sockets in ${held.processes.length} ${held.processes.length === 1 ? "process" : "processes"}`,
    columns: ["command", "median ms", "min ms", "max ms", "processor ms", "portolan : it", "answer"],
    rows: runs.map((run) => [run.lister.name, ...figures(run, ours), run.fault ?? answer(run)]),
  };
}

function figures(run: Run, ours: number | undefined): Cell[] {
  if (run.times.length === 0) return ["", "", "", "", ""];
  const middle = median(run.times);
  const extremes = [Math.min(...run.times), Math.max(...run.times)].map(figure);
  return [figure(middle), ...extremes, figure(median(run.processor)), ours === undefined ? "" : figure(ours / middle)];
}

function answer(run: Run): string {
  return run.lister.pidOf === undefined ? "none asked" : "right";
}

function verdict({ against, atMost }: Target, runs: readonly Run[], ours: number | undefined): Verdict {
  const claim = `portolan ls : ${against}`;
  const target = `at most ${atMost}`;
  const other = runs.find((run) => run.lister.name === against);
  const theirs = medianOf(other);
  if (ours === undefined) return { claim, target, reached: false, note: `portolan ls: ${runs[0]?.fault}` };
  if (theirs === undefined) return { claim, target, reached: false, note: `${against}: ${other?.fault}` };
  return { claim, target, measured: figure(ours / theirs), reached: ours / theirs <= atMost };
}
