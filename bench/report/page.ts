import type { Table } from "../row.ts";
import { columnsOf } from "./columns.ts";
import type { BenchRecord, RowRecord } from "./record.ts";
import { outcome } from "./text.ts";

/** The whole run as docs/bench.md. */
export function page(record: BenchRecord): string {
  const sections = [heading(record), targets(record), conditions(record), ...record.rows.map(section)];
  return `${sections.join("\n\n")}\n`;
}

function heading({ repeat, scale }: BenchRecord): string {
  const small = scale === 1 ? "" : `\n\n**At ${scale} of the full size: these figures prove nothing.**`;
  return `# Speed and cost, measured

Written by the bench itself, \`npm run bench -- --save docs/bench.md\`: Portolan and its peers in the same run, in turns,
medians of ${repeat}. A figure counts only with its peers next to it, and only where the answer was right. Machines are
noisy, and yours is another: run it. As root; \`npm run bench -- --help\` names the rows.${small}`;
}

function targets({ rows }: BenchRecord): string {
  const cells = rows.flatMap((row) => {
    if (row.failure !== undefined) return [[row.name, "", "", "", `FAILED: ${row.failure}`]];
    return row.verdicts.map((verdict) => {
      const note = verdict.note === undefined ? "" : `: ${verdict.note}`;
      return [row.name, verdict.claim, verdict.target, verdict.measured ?? "", `${outcome(verdict)}${note}`];
    });
  });
  const columns = ["row", "what", "to reach", "measured", "outcome"];
  return `## Targets\n\n${markdown({ title: "", columns, rows: cells })}`;
}

function conditions({ date, command, machine, versions, missing }: BenchRecord): string {
  const peers = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const rows = [
    ["date", date],
    ["command", `\`${command}\``],
    ["processor", `${machine.processor}, ${machine.cores} cores`],
    ["memory", machine.memory],
    ["kernel", machine.kernel],
    ["distribution", machine.distribution],
    ["open files allowed", machine.filesAllowed],
    ["open files before", String(machine.filesOpen)],
    ["the second before", machine.busyBefore],
    ["versions", peers.join(", ")],
    ...missing.map(({ peer, package: name }) => ["missing", `${peer}: \`apt install ${name}\``]),
  ];
  return `## Machine\n\n${markdown({ title: "", columns: ["", ""], rows })}`;
}

function section(row: RowRecord): string {
  const parts = [`## ${row.name}: ${row.title}`, row.method];
  for (const table of row.tables) parts.push(`${table.title}:`, markdown(table));
  for (const note of row.notes) parts.push(note);
  if (row.failure !== undefined) parts.push(`**Failed:** ${row.failure}`);
  return parts.join("\n\n");
}

function markdown(table: Table): string {
  const columns = columnsOf(table);
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replace(/[|\n]/g, " ")).join(" | ")} |`;
  const rule = `|${columns.map(({ figures }) => (figures ? "---:" : "---")).join("|")}|`;
  const rows = table.rows.map((_, row) => line(columns.map(({ cells }) => cells[row] ?? "")));
  return [line(columns.map(({ heading }) => heading)), rule, ...rows].join("\n");
}
