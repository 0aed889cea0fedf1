import type { RecordBatch } from "../../src/model/record.ts";
import { batchOf, CURL, flow, MINUTE, REDIS, SERVER } from "../contract/store/sample.ts";

/** How many flows each batch begins. */
export const FLOWS = 503;

/** Batch `number` of the crash test: durable until minute `number` + 1, with flows that began in minute `number`. */
export function crashBatch(number: number): RecordBatch {
  const process = { ...SERVER, pid: 1000 + number };
  const flows = Array.from({ length: FLOWS }, (_, index) => {
    const usage = index % 3 === 0 ? REDIS : { ...CURL, peer: `10.0.0.${index % 101}` };
    const lasted = index % 101 === 0 ? undefined : 5;
    return { ...flow(usage, number * MINUTE + index, lasted, { process, bytesIn: 1 }), flow: `${number} ${index}` };
  });
  return batchOf((number + 1) * MINUTE, flows, { processes: [process], marks: [{ at: number, text: String(number) }] });
}
