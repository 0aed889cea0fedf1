import type { WhoLine, WhoLineAnswer } from "../../model/documents/who-line.ts";
import { cell } from "../csv-cell.ts";

type Value = (line: WhoLine, answer: WhoLineAnswer | undefined) => string | number | undefined;

/** A row for each answer, or for a line without one its reason. */
const COLUMNS: Record<string, Value> = {
  line: ({ line }) => line,
  time: ({ packet }) => packet?.from,
  label: ({ packet }) => packet?.label,
  protocol: ({ packet }) => packet?.protocol,
  source_address: ({ packet }) => packet?.source.address,
  source_port: ({ packet }) => packet?.source.port,
  destination_address: ({ packet }) => packet?.destination.address,
  destination_port: ({ packet }) => packet?.destination.port,
  end: (_, answer) => answer?.end,
  known: (_, answer) => answer?.known,
  application: (_, answer) => answer?.application,
  pid: (_, answer) => answer?.processes[0]?.pid,
  executable: (_, answer) => answer?.processes[0]?.executable,
  user: (_, answer) => answer?.processes[0]?.user,
  parent: (_, answer) => answer?.processes[0]?.parents?.[0]?.name,
  error: (_, answer) => answer?.error,
  first_seen: (_, answer) => answer?.firstSeen,
  last_seen: (_, answer) => answer?.lastSeen,
  reason: ({ reason }) => reason,
};

/** The heading of the table (RFC 4180). */
export function csvHeading(): string {
  return `${Object.keys(COLUMNS).join(",")}\r\n`;
}

/** The rows of one line. */
export function csvRows(line: WhoLine): string {
  const answers = line.answers.length === 0 ? [undefined] : line.answers;
  const values = Object.values(COLUMNS);
  return answers.map((answer) => `${values.map((value) => cell(value(line, answer))).join(",")}\r\n`).join("");
}
