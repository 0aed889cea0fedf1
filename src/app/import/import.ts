import { dirname, join } from "node:path";
import type { ImportDocument } from "../../model/documents/import.ts";
import { recordPath } from "../../store/open.ts";
import { LogImport } from "./log-import.ts";
import { survey } from "./survey.ts";
import { ImportTarget } from "./target.ts";

export type ImportRequest = {
  /** At least one. */
  files: readonly string[];
  store?: string;
  /** Told how far it is. */
  progress: (file: string, lines: number) => void;
};

/**
 * Reads logs of Port Reporter into a record, in the order of their time. Without `store` that is one of their own, beside the
 * first of them. What a record has already it is not given again.
 * @throws Problem `bad-log` for files that are none, before anything is written; `bad-value`, and what the store throws.
 */
export async function importLogs({ files, store, progress }: ImportRequest): Promise<ImportDocument> {
  const surveys = [];
  for (const file of files) surveys.push(await survey(file));
  surveys.sort((a, b) => (a.began ?? a.first ?? 0) - (b.began ?? b.first ?? 0) || order(a.kind) - order(b.kind));
  const path = recordPath(store ?? join(dirname(files[0] ?? "."), "port-reporter.db"));
  const target = await ImportTarget.at(path);
  const imported = [];
  for (const each of surveys) imported.push(await LogImport.run(each, target, (lines) => progress(each.path, lines)));
  return { schema: "portolan.import/1", record: path, files: imported };
}

/** What was open comes before what was opened. */
function order(kind: string): number {
  return ["INITIAL", "PORTS", "PIDS"].indexOf(kind);
}
