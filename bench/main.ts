import { writeFileSync } from "node:fs";
import { help, parseArguments } from "./arguments.ts";
import { page } from "./report/page.ts";
import { allReached, type RowRecord } from "./report/record.ts";
import { rowText } from "./report/text.ts";
import { ROWS } from "./rows.ts";
import { runBench } from "./run.ts";

// `npm run bench`: every claim about speed, with its peers beside it.

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  // What was started, written or switched on is undone when the process exits.
  process.once(signal, () => process.exit(1));
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(argv: string[]): Promise<number> {
  let asked: ReturnType<typeof parseArguments>;
  try {
    asked = parseArguments(argv, ROWS);
  } catch (error) {
    console.error(`${(error as Error).message}\nnext: npm run bench -- --help`);
    return 64;
  }
  if (asked.help) {
    process.stdout.write(help(ROWS));
    return 0;
  }
  if (process.geteuid?.() !== 0) {
    console.error(
      "The bench makes network namespaces and loads BPF programs: only root can.\nnext: sudo npm run bench",
    );
    return 77;
  }
  const { json, rows, repeat, scale, save } = asked;
  const terminal = process.stderr.isTTY;
  const show = (text: string) => {
    if (terminal) process.stderr.write(`\r\x1b[K${text}`);
  };
  const done = (row: RowRecord) => {
    show("");
    if (!json) process.stdout.write(rowText(row));
  };
  if (scale !== 1 && !json) process.stdout.write(`At ${scale} of the full size: these figures prove nothing.\n`);
  const command = ["npm run bench", ...(argv.length > 0 ? ["--", ...argv] : [])].join(" ");
  const record = await runBench({ rows, repeat, scale, command, progress: show, done });
  if (json) process.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
  if (save !== undefined) writeFileSync(save, page(record));
  return allReached(record) ? 0 : 1;
}
