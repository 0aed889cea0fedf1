import type { WhoDocument } from "../../model/documents/who.ts";
import { endpointText } from "../../model/endpoint.ts";
import { bytesCell } from "../run/report-cells.ts";
import { type ReportOptions, styled, wrapped } from "../run/report-style.ts";
import { type ReportTable, tableLines } from "../run/report-table.ts";
import { counted, countText } from "../run/report-words.ts";
import { localMinute, localTime, timeSpan } from "../time-text.ts";
import { processText } from "./process-text.ts";

type Answer = WhoDocument["answers"][number];

/** How many applications a sentence names. */
const NAMED = 3;

/** The answers for people: a sentence, a table, then what the record cannot tell. Ends with a line feed. */
export function whoText(document: WhoDocument, undecided: boolean, options: ReportOptions): string {
  const blocks = [
    wrapped(sentence(document, undecided, options), options.width).map((line) => styled(line, "bold", options)),
    document.answers.length === 0 ? [] : tableLines(answersTable(document.answers, options), options),
    gapLines(document, options),
    limitLines(document, options),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function sentence({ answers, question }: WhoDocument, undecided: boolean, { sanitise }: ReportOptions): string {
  const asked = sanitise(askedText(question));
  if (answers.length === 0) {
    return undecided ? `Nobody was seen using ${asked}, but something may have been missed.` : `Nobody used ${asked}.`;
  }
  const names = [...new Set(answers.map(({ application }) => application))];
  const rest = names.length > NAMED ? ` and ${counted(names.length - NAMED, "other")}` : "";
  return `${names.slice(0, NAMED).map(sanitise).join(", ")}${rest} used ${asked}.`;
}

function askedText({ port, address, block, name, since, until }: WhoDocument["question"]): string {
  const host = address ?? block ?? name;
  const what = host === undefined ? `port ${port}` : port === undefined ? host : endpointText({ address: host, port });
  if (since !== undefined && until !== undefined) return `${what} (${timeSpan(since, until)})`;
  if (since !== undefined) return `${what} since ${localTime(since)}`;
  return until === undefined ? what : `${what} until ${localTime(until)}`;
}

function answersTable(answers: readonly Answer[], { sanitise }: ReportOptions): ReportTable {
  return {
    headings: { subject: "APPLICATION", figures: ["FLOWS", "FAILED", "RECEIVED", "SENT"], owner: "LAST SEEN" },
    rows: answers.map((answer) => ({
      subject: `${sanitise(answer.application)} ${useText(answer)}`,
      figures: [
        countText(answer.flows),
        answer.failed === 0 ? "-" : countText(answer.failed),
        // By a port that is only held open nothing is carried.
        ...(answer.flows === 0 ? ["-", "-"] : [bytesCell(answer.bytesIn, false), bytesCell(answer.bytesOut, false)]),
      ],
      owner: localMinute(answer.lastSeen),
      below: below(answer, sanitise),
    })),
  };
}

function useText({ direction, protocol, port, peer, listening, failed }: Answer): string {
  const place = `${protocol} ${port}`;
  if (direction === "outbound")
    return `to ${protocol} ${peer === undefined ? port : endpointText({ address: peer, port })}`;
  if (peer !== undefined) return `on ${place} from ${peer}`;
  if (listening) return `listening on ${place}`;
  return failed > 0 ? `tried to bind ${place}` : `on ${place}`;
}

function below(
  { names, addresses, processes, firstSeen, wholeHours }: Answer,
  sanitise: (text: string) => string,
): string[] {
  const lines = [`first seen ${localTime(firstSeen)}${wholeHours ? ", by whole hours" : ""}`];
  if (addresses) lines.push(`at ${addresses.join(", ")}`);
  if (names) lines.push(`as ${names.map(sanitise).join(", ")}`);
  const by = processText(processes, sanitise);
  if (by !== undefined) lines.push(by);
  return lines;
}

function gapLines({ gaps }: WhoDocument, options: ReportOptions): string[] {
  const lines = gaps.slice(0, 7).map((gap) => {
    const lost = gap.lost === undefined ? "" : ` (${counted(gap.lost, "event")})`;
    return `${timeSpan(gap.from, gap.until)}: ${options.sanitise(gap.reason)}${lost}`;
  });
  if (gaps.length > 7) lines.push(`… and ${gaps.length - 7} more (--json has all)`);
  if (lines.length === 0) return [];
  return [styled("MAY HAVE BEEN MISSED", "bold", options), ...lines.map((line) => styled(line, "yellow", options))];
}

/** What the record cannot answer for, where the question reaches beyond it. */
function limitLines({ record, question }: WhoDocument, options: ReportOptions): string[] {
  const { from, until } = record;
  if (from === undefined || until === undefined) return ["The record is empty."];
  const lines: string[] = [];
  if (question.since !== undefined && question.since < from) lines.push(`The record begins ${localTime(from)}.`);
  if (question.until !== undefined && question.until > until) lines.push(`The record ends ${localTime(until)}.`);
  return lines.map((line) => styled(line, "yellow", options));
}
