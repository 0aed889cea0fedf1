import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { Problem } from "../model/problem.ts";
import type { NewLife, RecordReader, RecordWriter } from "../model/record.ts";

/**
 * The file that `--store` names; where it is absent, the machine's record for root and the user's own for others.
 * @throws Problem `not-available` for a URL: there are only records in files.
 */
export function recordPath(store?: string): string {
  if (store === undefined) return defaultPath();
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(store)) {
    throw new Problem("not-available", `${store} is no record that this program could open`, {
      why: "Records are files; servers that keep records are not supported.",
      next: "name a file with --store",
    });
  }
  return resolve(store);
}

/** The state folder is that of the XDG Base Directory Specification, which asks to ignore relative paths. */
function defaultPath(): string {
  if (process.geteuid?.() === 0) return "/var/lib/portolan/portolan.db";
  const state = process.env.XDG_STATE_HOME ?? "";
  return join(isAbsolute(state) ? state : join(homedir(), ".local/state"), "portolan/portolan.db");
}

/**
 * Opens the record that `store` names to write to it, and makes it where there is none.
 * @throws Problem `record-in-use`, `bad-record`, `record-full`, `record-failed`, `not-permitted` or `not-available`.
 */
export async function openWriter(store: string | undefined, life: NewLife): Promise<RecordWriter> {
  const path = recordPath(store);
  const { openSqliteWriter } = await import("./sqlite/writer.ts");
  return openSqliteWriter(path, life);
}

/**
 * Opens the record that `store` names to read from it.
 * @throws Problem `no-record`, `bad-record`, `record-failed`, `not-permitted` or `not-available`.
 */
export async function openReader(store?: string): Promise<RecordReader> {
  const path = recordPath(store);
  const { openSqliteReader } = await import("./sqlite/reader.ts");
  return openSqliteReader(path);
}
