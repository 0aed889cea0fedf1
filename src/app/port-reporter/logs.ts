import { appendFileSync, mkdirSync } from "node:fs";
import { hostname, release, type as systemName } from "node:os";
import { join } from "node:path";
import type { CivilTime } from "../../formats/port-reporter/civil-time.ts";
import { PortReporterLog } from "../../formats/port-reporter/log-writer.ts";
import { Problem } from "../../model/problem.ts";
import type { RecordBatch } from "../../model/record.ts";
import type { Micros } from "../../model/time.ts";

/** How large a log may become before the next is begun, in bytes. */
const LIMIT = 5_000_000;

/** Logs in Port Reporter's format that are written beside a record. */
export type PortReporterLogs = {
  /** Appends what a batch has to say, written `now`. @throws Problem `output-failed`. */
  add(batch: RecordBatch, now: Micros): void;
};

/**
 * Logs in `folder`, which is made where it is missing, of a recorder that started at `startedAt`. Times are of this machine's
 * zone. Only root and its group may read them: they name everybody's processes. @throws Problem `output-failed`.
 */
export function openPortReporterLogs(folder: string, startedAt: Micros): PortReporterLogs {
  const system = `${systemName()} ${release()}`;
  const log = new PortReporterLog({ computer: hostname(), system, limit: LIMIT, civil: localTime }, startedAt);
  failingAs(folder, () => mkdirSync(folder, { recursive: true, mode: 0o750 }));
  return {
    add(batch, now) {
      for (const { file, text } of log.add(batch, now)) {
        const path = join(folder, file);
        failingAs(path, () => appendFileSync(path, text, { mode: 0o640 }));
      }
    },
  };
}

/** What the clock of this machine shows. */
function localTime(at: Micros): CivilTime {
  const date = new Date(at / 1000);
  return {
    year: date.getFullYear(),
    month: date.getMonth() + 1,
    day: date.getDate(),
    hour: date.getHours(),
    minute: date.getMinutes(),
    second: date.getSeconds(),
  };
}

function failingAs(path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new Problem("output-failed", `could not write ${path}`, {
      why: error instanceof Error ? error.message : String(error),
      next: `df -h ${path}; ls -ld ${path}`,
      cause: error,
    });
  }
}
