import type { QueryAnswer } from "../../app/query/answer.ts";
import type { QueryPort } from "../../model/documents/query.ts";
import { isUndecided } from "../../model/verdict.ts";
import type { Output } from "../output.ts";
import { counted, countText } from "../run/report-words.ts";
import { visible } from "../visible.ts";
import { fitted, padded } from "../width.ts";
import { answerLines } from "./answer-lines.ts";
import { type Rows, rowsOf } from "./rows.ts";
import { millisecondsText, portText, targetText, VERDICT_WORDS } from "./words.ts";

/** The answer for a person: a sentence for one port, else a table, and below each port what it answered. */
export function queryText(answer: QueryAnswer, output: Pick<Output, "columns" | "colour">, all: boolean): string {
  const [only] = answer.results;
  const lines =
    only !== undefined && answer.results.length === 1 && answer.unknown === 0
      ? sentence(answer.portDocument(only), answer)
      : table(answer, rowsOf(answer, all), output);
  return lines.map((line) => `${line}\n`).join("");
}

function sentence(port: QueryPort, { target }: QueryAnswer): string[] {
  const { service, verdict, reason, milliseconds, address, answer } = port;
  const name = service === undefined ? "" : ` (${visible(service)})`;
  const where = target.addresses !== undefined && address !== undefined ? `, at ${visible(address)}` : "";
  const time = `${millisecondsText(milliseconds)} ms`;
  const line = `${portText(port)}${name} of ${targetText(target)} is ${VERDICT_WORDS[verdict]}: ${reason}${where} (${time})`;
  return [line, ...(answer === undefined ? [] : answerLines(answer, "  "))];
}

/** The cells of one row, in the order of the headings. */
type Row = { cells: string[]; port: QueryPort };

function table(
  answer: QueryAnswer,
  { shown, counted: groups }: Rows,
  output: Pick<Output, "columns" | "colour">,
): string[] {
  const lines = [targetText(answer.target), ""];
  const rows = shown.map((result) => row(answer.portDocument(result)));
  const several = rows.some(({ port }) => port.address !== undefined) && answer.target.addresses !== undefined;
  const headings = ["PORT", "SERVICE", "VERDICT", "MS", "REASON", ...(several ? ["ADDRESS"] : [])];
  if (rows.length > 0) {
    const widths = headings.map((heading, i) =>
      Math.max(heading.length, ...rows.map(({ cells }) => (cells[i] ?? "").length)),
    );
    const line = (cells: string[]) => joined(cells.slice(0, headings.length), widths, output.columns);
    lines.push(output.colour ? `\x1b[1m${line(headings)}\x1b[22m` : line(headings));
    for (const { cells, port } of rows) {
      lines.push(line(cells));
      if (port.answer !== undefined) lines.push(...answerLines(port.answer, "         "));
    }
    lines.push("");
  }
  for (const { verdict, reason, ports } of groups) {
    lines.push(`${countText(ports)} more ${VERDICT_WORDS[verdict]}: ${reason} (-v lists them)`);
  }
  return [...lines, summary(answer)];
}

function row(port: QueryPort): Row {
  const { service, verdict, milliseconds, reason, address } = port;
  const name = service === undefined ? "-" : visible(service);
  const cells = [portText(port), name, VERDICT_WORDS[verdict], millisecondsText(milliseconds), reason, address ?? ""];
  return { cells, port };
}

/** Figures stand right, words left. */
function joined(cells: string[], widths: number[], columns: number | undefined): string {
  const padding = cells.map((cell, i) => (i === 3 ? cell.padStart(widths[i] ?? 0) : padded(cell, widths[i] ?? 0)));
  const line = padding.join("  ").trimEnd();
  return columns === undefined ? line : fitted(line, columns);
}

function summary({ results, unknown, interrupted }: QueryAnswer): string {
  let listening = 0;
  let undecided = 0;
  for (const { verdict } of results) {
    if (verdict === "listening") listening++;
    else if (isUndecided(verdict)) undecided++;
  }
  const parts = [
    `${counted(results.length, "port")}: ${countText(listening)} listening`,
    `${countText(results.length - listening - undecided)} not listening`,
    ...(undecided > 0 ? [`${countText(undecided)} undecided`] : []),
  ];
  const rest = interrupted ? `; interrupted, ${counted(unknown, "port")} not known` : "";
  return `${parts.join(", ")}${rest}`;
}
