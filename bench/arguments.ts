import { parseArgs } from "node:util";
import type { Row } from "./row.ts";

/** What was asked for on the command line. */
export type Arguments = { rows: Row[]; repeat: number; scale: number; json: boolean; help: boolean; save?: string };

/** Reads the command line. Throws a sentence for what it does not understand. */
export function parseArguments(argv: string[], known: readonly Row[]): Arguments {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      repeat: { type: "string", default: "5" },
      scale: { type: "string", default: "1" },
      save: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const repeat = Number(values.repeat);
  const scale = Number(values.scale);
  if (!Number.isInteger(repeat) || repeat < 1) throw new Error(`--repeat ${values.repeat} is no number of rounds`);
  if (!(scale > 0 && scale <= 1)) throw new Error(`--scale ${values.scale} is no number above 0 and up to 1`);
  const rows = positionals.length === 0 ? [...known] : positionals.map((name) => rowOf(name, known));
  const { json, help, save } = values;
  return { rows, repeat, scale, json, help, ...(save !== undefined && { save }) };
}

function rowOf(name: string, known: readonly Row[]): Row {
  const row = known.find((each) => each.name === name);
  if (row) return row;
  throw new Error(`there is no row "${name}"; rows are ${known.map((each) => each.name).join(", ")}`);
}

/** The help text. */
export function help(known: readonly Row[]): string {
  const width = Math.max(...known.map(({ name }) => name.length));
  const rows = known.map(({ name, title }) => `  ${name.padEnd(width)}  ${title}`);
  return `Measures Portolan beside its peers. Needs root, gcc, and the peers' packages.

Usage: npm run bench -- [OPTION…] [ROW…]

Rows, all of them unless named:
${rows.join("\n")}

Options:
  --repeat N    rounds of each measurement; the median counts (5)
  --scale S     share of the full size, such as 0.01 to try a row (1)
  --save FILE   write the page, as docs/bench.md is written
  --json        one JSON document on stdout instead of tables
  -h, --help    this text

Exit status: 0 when all answers were right and all targets reached, else 1;
64 for a command line that cannot be understood, 77 without root.
`;
}
