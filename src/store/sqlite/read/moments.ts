import type { Micros } from "../../../model/time.ts";
import type { Connection } from "../connection.ts";

/** From when on single flows are kept, and until when the record is durable; 0 for an empty one. */
export function moments(connection: Connection): { flowsFrom: Micros; until: Micros } {
  return {
    flowsFrom: connection.number("select flows_from from state"),
    until: connection.number("select until from life order by id desc limit 1"),
  };
}
