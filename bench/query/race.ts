import { remedy } from "../peers.ts";
import type { Room } from "../room.ts";
import type { Bench, Cell, Table } from "../row.ts";
import { figure, median } from "../statistics.ts";
import { time } from "../stopwatch.ts";
import type { Scanner } from "./scanners.ts";

/** What is scanned, and which of its ports are open. */
export type Course = { room: Room; address: string; ports: string; open: readonly number[] };

/** How one scanner did. `fault` tells why it does not count: missing, failed, or a wrong answer. */
export type Run = { scanner: Scanner; times: number[]; processor: number[]; memory: number[]; fault?: string };

/** Runs a scanner `laps` times and holds every answer to the truth. */
export function laps(bench: Bench, course: Course, run: Run, count: number): void {
  const { scanner } = run;
  for (let lap = 0; lap < count && run.fault === undefined; lap++) {
    if (scanner.peer !== undefined && bench.missing.has(scanner.peer)) {
      run.fault = remedy(scanner.peer);
      return;
    }
    const timing = time(bench, course.room, scanner.command(course.address, course.ports));
    if (timing.errors.includes("portolan: building"))
      throw new Error("a source changed during the bench: run it again");
    if (!scanner.statuses.includes(timing.status)) {
      run.fault = `status ${timing.status}: ${timing.errors.trim().split("\n")[0]}`;
      return;
    }
    const found = scanner.open(timing.output);
    if (found.join() !== course.open.join()) run.fault = `found ${found.length} of ${course.open.length} open ports`;
    run.times.push(timing.milliseconds);
    run.processor.push(timing.processor);
    run.memory.push(timing.memory);
  }
}

/** A run that has not begun. */
export function newRun(scanner: Scanner): Run {
  return { scanner, times: [], processor: [], memory: [] };
}

/** Median of a run in milliseconds; undefined where it does not count. */
export function medianOf({ fault, times }: Run): number | undefined {
  return fault !== undefined || times.length === 0 ? undefined : median(times);
}

/** The table of a race, whose first run is Portolan's. */
export function raceTable(title: string, runs: readonly Run[]): Table {
  const [first] = runs;
  const ours = first && medianOf(first);
  const columns = [
    "command",
    "rounds",
    "median ms",
    "min ms",
    "max ms",
    "processor ms",
    "MB",
    "portolan : it",
    "answer",
  ];
  return { title, columns, rows: runs.map((run) => [run.scanner.name, ...figures(run, ours), run.fault ?? "right"]) };
}

function figures({ times, processor, memory }: Run, ours: number | undefined): Cell[] {
  if (times.length === 0) return ["", "", "", "", "", "", ""];
  const middle = median(times);
  const extremes = [Math.min(...times), Math.max(...times)].map(figure);
  const ratio = ours === undefined ? "" : figure(ours / middle);
  return [times.length, figure(middle), ...extremes, figure(median(processor)), figure(Math.max(...memory)), ratio];
}
