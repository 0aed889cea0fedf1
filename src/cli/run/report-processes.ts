import type { Profile, ProfileProcess } from "../../model/profile.ts";
import type { OwnerCell } from "./report-cells.ts";
import type { ReportTable } from "./report-table.ts";
import { countText, errorText } from "./report-words.ts";

/** Longest command line that a report prints, in characters; `--json` has all of it. */
const COMMAND = 200;

/** Every process that was seen, with on how many ports it listened and to how many it connected. */
export function processesTable(profile: Profile, sanitise: (text: string) => string): ReportTable {
  const listens = rowsByPid(profile.listens);
  const connects = rowsByPid(profile.connects);
  return {
    headings: { subject: "PROCESSES", figures: ["LISTENS", "CONNECTS"], owner: "COMMAND" },
    rows: profile.processes.map((process) => ({
      subject: String(process.pid),
      figures: [orDash(listens.get(process.pid)), orDash(connects.get(process.pid))],
      owner: sanitise(commandOf(process)),
    })),
  };
}

/** The binds that the kernel refused. */
export function failedBindsTable(
  profile: Profile,
  owner: OwnerCell,
  endpoint: (row: Profile["failedBinds"][number]) => string,
): ReportTable {
  return {
    headings: { subject: "FAILED TO BIND", figures: ["TIMES"], owner: "PROCESS" },
    rows: profile.failedBinds.map((bind) => ({
      subject: `${bind.protocol} ${endpoint(bind)}`,
      figures: [countText(bind.count)],
      owner: owner([bind]),
      below: [errorText(bind.error)],
    })),
  };
}

function rowsByPid(rows: { pids: number[] }[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const pid of rows.flatMap((row) => row.pids)) counts.set(pid, (counts.get(pid) ?? 0) + 1);
  return counts;
}

function orDash(count: number | undefined): string {
  return count === undefined ? "-" : countText(count);
}

function commandOf(process: ProfileProcess): string {
  const command = process.arguments?.join(" ") ?? process.executable ?? process.name;
  return (command === "" ? process.name : command).slice(0, COMMAND);
}
