import type { Column } from "./socket-columns.ts";

/** The columns of `query --csv`, in order; `path` leads from a port of the document to the field. */
export const QUERY_CSV_COLUMNS = [
  { name: "address", path: "address" },
  { name: "protocol", path: "protocol" },
  { name: "port", path: "port" },
  { name: "service", path: "service" },
  { name: "verdict", path: "verdict" },
  { name: "reason", path: "reason" },
  { name: "milliseconds", path: "milliseconds" },
  { name: "answer_protocol", path: "answer.protocol" },
  { name: "answer_fields", path: "answer.fields" },
  { name: "answer_text", path: "answer.text" },
] as const satisfies readonly Column[];

export type QueryCsvColumnName = (typeof QUERY_CSV_COLUMNS)[number]["name"];
