import type { RecordBatch } from "../../../model/record.ts";
import type { Connection } from "../connection.ts";
import type { Words } from "./words.ts";

/** Writes what a batch says about the recording itself, and this machine's addresses. */
export function writeNotes(connection: Connection, words: Words, batch: RecordBatch): void {
  for (const address of batch.hostAddresses ?? []) {
    connection.run(HOST_ADDRESS, words.address(address), batch.until, batch.until);
  }
  for (const { from, until, reason, lost = null } of batch.gaps ?? []) connection.run(GAP, from, until, reason, lost);
  for (const { at, text } of batch.marks ?? []) connection.run(MARK, at, text);
  for (const { at, before, after } of batch.clockSteps ?? []) connection.run(CLOCK_STEP, at, before, after);
  for (const { from, until, processor, memory, flows, lost } of batch.costs ?? []) {
    connection.run(COST, from, until, processor, memory, flows, lost);
  }
}

const HOST_ADDRESS = `
  insert into host_address (address, first, last) values (?, ?, ?)
  on conflict do update set first = min(first, excluded.first), last = max(last, excluded.last)`;

const GAP = "insert into gap (began, until, reason, lost) values (?, ?, ?, ?)";

const MARK = "insert into mark (at, text) values (?, ?)";

const CLOCK_STEP = "insert into clock_step (at, before, after) values (?, ?, ?)";

const COST = "insert into cost (began, until, processor, memory, flows, lost) values (?, ?, ?, ?, ?, ?)";
