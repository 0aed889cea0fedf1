import type { AppDocument, AppsDocument } from "../../model/documents/applications.ts";
import { endpointText } from "../../model/endpoint.ts";
import { bytesCell } from "../run/report-cells.ts";
import { type ReportOptions, styled, wrapped } from "../run/report-style.ts";
import { type ReportRow, type ReportTable, tableLines } from "../run/report-table.ts";
import { counted, countText } from "../run/report-words.ts";
import { localMinute, localTime } from "../time-text.ts";
import { dayBars } from "./bars.ts";

type Sums = AppsDocument["applications"][number];

/** Every application of the record, a line each. */
export function appsText(document: AppsDocument, options: ReportOptions): string {
  const { applications, record } = document;
  if (applications.length === 0)
    return `No application used a port${record.from === undefined ? ": the record is empty" : ""}.\n`;
  const table: ReportTable = {
    headings: { subject: "APPLICATION", figures: ["PORTS", ...SUM_HEADINGS], owner: "LAST SEEN" },
    rows: applications.map((row) => ({
      subject: options.sanitise(row.application),
      figures: [row.listens === 0 ? "-" : countText(row.listens), ...sumCells(row)],
      owner: localMinute(row.lastSeen),
    })),
  };
  const from = record.from === undefined ? "" : ` since ${localTime(record.from)}`;
  const head = `${counted(applications.length, "application")} used the network${from}.`;
  return `${styled(head, "bold", options)}\n\n${tableLines(table, { ...options }).join("\n")}\n${gapText(document.gaps.length)}`;
}

const SUM_HEADINGS = ["FLOWS", "FAILED", "RECEIVED", "SENT"];

function sumCells({
  flows,
  failed,
  bytesIn,
  bytesOut,
}: Pick<Sums, "flows" | "failed" | "bytesIn" | "bytesOut">): string[] {
  return [
    countText(flows),
    failed === 0 ? "-" : countText(failed),
    bytesCell(bytesIn, false),
    bytesCell(bytesOut, false),
  ];
}

/** One application's months for people. */
export function appText(document: AppDocument, options: ReportOptions): string {
  const { application, listens, connects, failedBinds, programs, hours, gaps, firstSeen, lastSeen } = document;
  const name = options.sanitise(application);
  const head = `${name}: ${counted(listens.length, "port")} listened on, ${counted(connects.length, "place")} connected to, from ${localTime(firstSeen)} to ${localTime(lastSeen)}.`;
  const blocks = [
    wrapped(head, options.width).map((line) => styled(line, "bold", options)),
    section(
      "LISTENS ON",
      listens.map((row) => listenRow(row)),
      options,
    ),
    section(
      "CONNECTS TO",
      connects.map((row) => connectRow(row, options)),
      options,
    ),
    failedBinds.map(
      (row) =>
        `could not bind ${row.protocol} ${row.port}: ${counted(row.failed, "time")}, last ${localTime(row.lastSeen)}`,
    ),
    programs.length === 0
      ? []
      : [styled("PROGRAMS", "bold", options), ...programs.flatMap((each) => programLines(each, options))],
    hours.every(({ flows, failed }) => flows + failed === 0)
      ? []
      : [styled("FLOWS BY HOUR OF THE DAY", "bold", options), ...dayBars(hours)],
    gaps.length === 0
      ? []
      : [
          styled(
            `${counted(gaps.length, "gap")} in the record: there may be more (--json has them).`,
            "yellow",
            options,
          ),
        ],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function section(subject: string, rows: ReportRow[], options: ReportOptions): string[] {
  if (rows.length === 0) return [];
  return tableLines({ headings: { subject, figures: SUM_HEADINGS, owner: "LAST SEEN" }, rows }, options);
}

function listenRow(row: AppDocument["listens"][number]): ReportRow {
  const reach = row.exposure === "loopback" ? "this machine only" : "network";
  const peers = row.topPeers.map(({ address, flows }) => `${address} (${countText(flows)})`);
  const more = row.peers > row.topPeers.length ? ` and ${counted(row.peers - row.topPeers.length, "other")}` : "";
  return {
    subject: `${row.protocol} ${row.port} (${reach})`,
    figures: sumCells(row),
    owner: localMinute(row.lastSeen),
    below: [
      ...(row.addresses.length > 0 ? [`at ${row.addresses.join(", ")}`] : []),
      ...(peers.length > 0 ? [`from ${peers.join(", ")}${more}`] : []),
    ],
  };
}

function connectRow(row: AppDocument["connects"][number], { sanitise }: ReportOptions): ReportRow {
  const place = row.peer === undefined ? `port ${row.port}` : endpointText({ address: row.peer, port: row.port });
  return {
    subject: `${row.protocol} ${place}`,
    figures: sumCells(row),
    owner: localMinute(row.lastSeen),
    ...(row.names && { below: [`as ${row.names.map(sanitise).join(", ")}`] }),
  };
}

function programLines(
  { executable, sha256, firstSeen }: AppDocument["programs"][number],
  { sanitise }: ReportOptions,
): string[] {
  const hash = sha256 === undefined ? [] : [`      sha256 ${sha256}`];
  return [`${sanitise(executable)}, first seen ${localTime(firstSeen)}`, ...hash];
}

function gapText(gaps: number): string {
  return gaps === 0 ? "" : `\n${counted(gaps, "gap")} in the record: there may be more (--json has them).\n`;
}
