import { type Declaration, newDeclaration, readPortRange } from "../../model/declaration.ts";
import type { Importer } from "./importer.ts";

const HEADING = /^"?Service Name"?,"?Port Number"?,"?Transport Protocol"?/;

/** IANA's registry of service names and port numbers as CSV (RFC 6335, RFC 4180). One is picked by its name. */
export const iana: Importer = {
  name: "iana",
  title: "IANA's registry of service names, as CSV",
  matches: ({ text }) => HEADING.test(text),
  read({ file, text }, wanted) {
    const found = new Map<string, Declaration>();
    for (const { cells, line } of csvRows(text)) {
      const [name = "", port = "", protocol] = cells;
      const ports = readPortRange(port);
      if (ports === undefined || name === "" || (protocol !== "tcp" && protocol !== "udp")) continue;
      if (wanted !== undefined && name !== wanted) continue;
      const declaration = found.get(name) ?? newDeclaration(name);
      found.set(name, declaration);
      declaration.listens.push({ protocol, ports, scope: "network", source: `${file}:${line}` });
    }
    return [...found.values()];
  },
};

/** Rows of a CSV text and the lines on which they begin; a quoted cell may hold commas, quotes and line breaks. */
function* csvRows(text: string): Generator<{ cells: string[]; line: number }> {
  let cells: string[] = [];
  let line = 1;
  let begun = 1;
  for (const match of text.matchAll(/("(?:[^"]|"")*"|[^,\r\n"]*)(,|\r?\n|$)/g)) {
    const [whole, cell = "", end] = match;
    cells.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    line += whole.split("\n").length - 1;
    if (end === ",") continue;
    yield { cells, line: begun };
    cells = [];
    begun = line;
    if (end === "") return;
  }
}
