import { endpointText } from "../../model/endpoint.ts";
import type { Profile } from "../../model/profile.ts";
import { stepFailed } from "../../model/steps.ts";
import { ownerCells } from "./report-cells.ts";
import { connectsTable } from "./report-connects.ts";
import { listensTable } from "./report-listens.ts";
import { gapLines, lossLines } from "./report-losses.ts";
import { offlineParagraph } from "./report-offline.ts";
import { failedBindsTable, processesTable } from "./report-processes.ts";
import { sentence } from "./report-sentence.ts";
import { type ReportOptions, styled, wrapped } from "./report-style.ts";
import { type ReportTable, tableLines } from "./report-table.ts";
import { counted, durationText } from "./report-words.ts";
import { failedStepText } from "./step-text.ts";

export type { ReportOptions } from "./report-style.ts";

/**
 * The profile for people: what was lost and how to get it; whether the application uses the network; the tables; and
 * how complete all this is. Ends with a line feed.
 */
export function reportText(profile: Profile, options: ReportOptions): string {
  const { sanitise } = options;
  const owner = ownerCells(profile, sanitise);
  const tables = [
    listensTable(profile, owner, sanitise),
    connectsTable(profile, owner, sanitise),
    failedBindsTable(profile, owner, (row) => sanitise(endpointText(row))),
    processesTable(profile, sanitise),
  ];
  const blocks = [
    lossLines(profile, options),
    wrapped(offlineParagraph(profile, sanitise) ?? sentence(profile, sanitise), options.width).map((line) =>
      styled(line, "bold", options),
    ),
    ...tables.map((table) => lines(table, options)),
    failedSteps(profile, sanitise),
    profile.gaps.length === 0 ? [] : gapLines(profile, options),
    ending(profile, options),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function lines(table: ReportTable, options: ReportOptions): string[] {
  return table.rows.length === 0 ? [] : tableLines(table, options);
}

/** The steps that did not do what they were there for, each with the last line that it printed. */
function failedSteps({ steps = [] }: Profile, sanitise: (text: string) => string): string[] {
  return steps.filter(stepFailed).map((step) => failedStepText(step, sanitise));
}

function ending(profile: Profile, options: ReportOptions): string[] {
  const { coverage, collector, exitStatus } = profile;
  const processes = counted(coverage.processes, "process", "processes");
  const watched = `Watched ${processes} for ${durationText(coverage.durationSeconds)} (collector: ${collector}).`;
  const status = exitStatus === undefined ? "" : ` Exit status ${exitStatus}.`;
  return [
    ...wrapped(watched + status, options.width),
    ...wrapped(completeness(profile), options.width).map((line) =>
      styled(line, profile.complete ? "green" : "yellow", options),
    ),
  ];
}

function completeness(profile: Profile): string {
  if (profile.complete) {
    const from = profile.coverage.seenFromStart ? "from the first instruction" : "from the moment Portolan joined";
    if (profile.degradations.length > 0) return `Complete but for what is left out, see above: seen ${from}.`;
    return `Complete: seen ${from}, nothing lost.`;
  }
  const lost = profile.gaps.some((gap) => gap.lost !== undefined || gap.reason !== "joined late");
  const gaps = counted(profile.gaps.length, "gap");
  return lost
    ? `Not complete: ${gaps}, see above. What is shown was seen; there may be more.`
    : "Not complete: what happened before Portolan joined is unknown.";
}
