import type { Micros } from "../../../model/time.ts";
import type { Connection } from "../connection.ts";

/** Removes what the record says of the recording before `cutoff`, as far as behaviour is kept. The last life stays. */
export function* oldNotes(connection: Connection, cutoff: Micros): Generator<void> {
  if (cutoff <= 0) return;
  for (const condition of NOTES) connection.run(`delete from ${condition} < ?`, cutoff);
  connection.run(`update state set removed = removed - (select coalesce(sum(flows), 0) from ${LIVES})`, cutoff);
  connection.run(`delete from ${LIVES}`, cutoff);
  yield;
}

const NOTES = [
  "gap where until",
  "mark where at",
  "clock_step where max(at, before, after)",
  "cost where until",
  "host_address where last",
];

const LIVES = "life where id < (select max(id) from life) and until < ?";
