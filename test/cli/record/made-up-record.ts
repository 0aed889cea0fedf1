import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { FlowRecord, HourlyRecord, RecordBatch, RecordedProcess, Usage } from "../../../src/model/record.ts";
import type { Micros } from "../../../src/model/time.ts";
import { openWriter } from "../../../src/store/open.ts";

/** Tuesday, 2026-11-17, 14:00 UTC. */
export const TUESDAY = 1_794_924_000_000_000;
const HOUR = 3_600_000_000;

export const minutes = (count: number): Micros => TUESDAY + count * 60_000_000;

export function process(pid: number, application: string, more: Partial<RecordedProcess> = {}): RecordedProcess {
  const executable = `/usr/sbin/${application}`;
  return { pid, startedAt: TUESDAY - HOUR, name: application, application, executable, user: "root", uid: 0, ...more };
}

/** A flow that lasted a second, with its share of its hour. */
export function flow(
  usage: Usage,
  owner: RecordedProcess,
  startedAt: Micros,
  more: Partial<FlowRecord> = {},
): Pick<RecordBatch, "flows" | "hourly"> {
  const endedAt = startedAt + 1_000_000;
  const record: FlowRecord = {
    flow: `${usage.use}:${startedAt}`,
    usage,
    startedAt,
    endedAt,
    process: { pid: owner.pid, startedAt: owner.startedAt },
    evidence: "context",
    ...more,
  };
  const counts = usage.use !== "listen" && usage.use !== "bind-failed";
  const hourly: HourlyRecord = {
    hour: Math.floor(startedAt / HOUR),
    usage,
    flows: counts && record.error === undefined ? 1 : 0,
    failed: record.error === undefined ? 0 : 1,
    ...(record.bytesIn !== undefined && { bytesIn: record.bytesIn }),
    ...(record.bytesOut !== undefined && { bytesOut: record.bytesOut }),
    first: startedAt,
    last: Math.min(record.endedAt ?? endedAt, (Math.floor(startedAt / HOUR) + 1) * HOUR - 1),
  };
  return { flows: [record], hourly: [hourly] };
}

/** A record that holds `batches`, gone when the test ends; its path. */
export async function madeUpRecord(...batches: Omit<RecordBatch, "until">[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "portolan-record-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "portolan.db");
  const writer = await openWriter(path, {
    startedAt: TUESDAY,
    host: "harbour",
    collector: "scripted",
    version: "0.0.0",
  });
  for (const [index, batch] of batches.entries()) await writer.write({ until: minutes(index + 1), ...batch });
  await writer.close(minutes(180));
  return path;
}
