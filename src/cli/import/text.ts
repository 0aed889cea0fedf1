import type { ImportDocument, ImportedFile } from "../../model/documents/import.ts";
import { wrapped } from "../run/report-style.ts";
import { counted, countText } from "../run/report-words.ts";
import { timeSpan } from "../time-text.ts";
import { visible } from "../visible.ts";

const BELOW = "      ";

/** What was read and what became of it, for people. Ends with a line feed. */
export function importText({ record, files }: ImportDocument, width: number | undefined): string {
  const lines = files.flatMap((file) => [...wrapped(headline(file), width, "", BELOW), ...notes(file, width)]);
  const imported = files.reduce((sum, file) => sum + file.imported, 0);
  const path = visible(record);
  const end = imported === 0 ? `Nothing new for ${path}.` : `${counted(imported, "use")} of ports recorded in ${path}.`;
  return `${[...lines, "", ...wrapped(end, width), ...wrapped(`Ask it with: ./portolan apps --store ${path}`, width)].join("\n")}\n`;
}

function headline({ file, computer, uses, processes, from, until }: ImportedFile): string {
  const of = computer === undefined ? "" : ` of ${visible(computer)}`;
  const when = from === undefined || until === undefined ? "" : `, ${timeSpan(from, until)}`;
  const by = `${counted(processes, "process", "processes")}`;
  return `${visible(file)}${of}: ${uses === 0 ? by : `${counted(uses, "use")} of ports by ${by}`}${when}`;
}

function notes(
  { kind, uses, imported, known, unreadable, firstUnreadable }: ImportedFile,
  width: number | undefined,
): string[] {
  const texts: string[] = [];
  if (kind === "PR-PIDS") texts.push("tells who the processes of PR-PORTS were; the uses themselves are there");
  if (known > 0) texts.push(`${known === uses ? "all" : countText(known)} of them were in the record already`);
  if (known > 0 && imported > 0) texts.push(`${countText(imported)} of them are new`);
  if (firstUnreadable !== undefined) {
    const { line, why } = firstUnreadable;
    const first = unreadable === 1 ? `line ${line}` : `the first is line ${line}`;
    texts.push(`${counted(unreadable, "line")} could not be read (${first}: ${visible(why)})`);
  }
  return texts.flatMap((text) => wrapped(text, width, BELOW, `${BELOW}  `));
}
