import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder for this test alone, removed when it has finished. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "portolan-store-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Where a record may be kept in such a folder. */
export function recordFile(): string {
  return join(folder(), "record.db");
}
