import { LONG } from "../long.ts";

/** Before and after every moment of a record; SQLite compares them as it compares others. */
export const BEFORE_ALL = -8e15;
export const AFTER_ALL = 8e15;

/** When a flow ended; after all others while it is open. */
export const ended = `coalesce(flow.id + lasted, ${AFTER_ALL})`;

/** Flows that the index of long ones holds, and the beginning of a condition on them. */
export const LONG_FLOWS = `flow indexed by flow_long where (lasted is null or lasted >= ${LONG})`;
