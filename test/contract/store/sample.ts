import type {
  FlowRecord,
  HourlyRecord,
  NewLife,
  RecordBatch,
  RecordedProcess,
  RecordReader,
  RecordWriter,
  Usage,
} from "../../../src/model/record.ts";
import type { Engine } from "../store.ts";

export const HOUR = 3_600_000_000;
export const MINUTE = 60_000_000;

/** The beginning of an hour, in microseconds: 2026-11-23T09:00:00Z. */
export const START = 1_795_424_400_000_000;

export const LIFE: NewLife = {
  startedAt: START,
  host: "harbour",
  collector: "scripted",
  version: "0.0.0",
  bootId: "b",
};

export const REDIS: Usage = {
  application: "redis.service",
  use: "inbound",
  protocol: "tcp",
  port: 6379,
  peer: "10.1.2.3",
};
export const CURL: Usage = { application: "curl", use: "outbound", protocol: "tcp", port: 443, peer: "192.0.2.80" };

export const SERVER: RecordedProcess = {
  pid: 101,
  startedAt: START - 5 * HOUR,
  name: "redis-server",
  application: "redis.service",
  executable: "/usr/bin/redis-server",
  arguments: ["redis-server", "*:6379"],
  uid: 107,
  user: "redis",
  unit: "redis.service",
  parents: [{ pid: 1, name: "systemd" }],
  modules: ["/usr/lib/libc.so.6", "/usr/lib/libm.so.6"],
};

/** A flow of `usage` that began `from` microseconds after the start and lasted `lasted`; open where that is absent. */
export function flow(usage: Usage, from: number, lasted?: number, more: Partial<FlowRecord> = {}): FlowRecord {
  const startedAt = START + from;
  const end = lasted === undefined ? {} : { endedAt: startedAt + lasted };
  return { flow: `${usage.port} ${from}`, usage, startedAt, ...end, evidence: "context", ...more };
}

/** What flows add to the hours in which they began, as a recorder would say it. */
function hoursOf(flows: FlowRecord[]): HourlyRecord[] {
  return flows.map(({ usage, startedAt, error, bytesIn, bytesOut }) => ({
    hour: Math.floor(startedAt / HOUR),
    usage,
    flows: error === undefined ? 1 : 0,
    failed: error === undefined ? 0 : 1,
    ...(bytesIn !== undefined && { bytesIn }),
    ...(bytesOut !== undefined && { bytesOut }),
    first: startedAt,
    last: startedAt,
  }));
}

/** A batch with these flows and their hours, durable until `until` microseconds after the start. */
export function batchOf(until: number, flows: FlowRecord[], more: Partial<RecordBatch> = {}): RecordBatch {
  return { until: START + until, flows, hourly: hoursOf(flows), ...more };
}

/** Writes the batches, lets `look` read them while the writer is there, and removes everything. */
export async function recorded(
  engine: Engine,
  batches: RecordBatch[],
  look: (reader: RecordReader, writer: RecordWriter) => Promise<void>,
): Promise<void> {
  const place = await engine.place();
  try {
    const writer = await place.writer(LIFE);
    for (const batch of batches) await writer.write(batch);
    const reader = await place.reader();
    await look(reader, writer);
    await reader.close();
    await writer.close(START + 100 * HOUR);
  } finally {
    await place.remove();
  }
}
