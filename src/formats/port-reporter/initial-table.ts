import type { RecordedProcess } from "../../model/record.ts";
import { nameOf } from "./flow-lines.ts";
import { mappingText, type PortMapping, TABLE_HEADING } from "./process-detail.ts";

/** The table of everything that is open, which PR-INITIAL begins with, and how many there are of each kind. */
export function initialTable(rows: readonly { mapping: PortMapping; process: RecordedProcess | undefined }[]): string {
  const mappings = rows.map(({ mapping }) => mapping);
  const tcp = mappings.filter(({ protocol }) => protocol === "tcp");
  const states = [...Map.groupBy(tcp, ({ state = "" }) => state)].map(
    ([state, of]) => `TCP ports in a ${state} state: ${of.length} = ${((100 * of.length) / tcp.length).toFixed(2)}%`,
  );
  return [
    "TCP/UDP Port to Process Mappings",
    "",
    `${mappings.length} mappings found`,
    "",
    TABLE_HEADING.replace(/^PID/, "PID:Process"),
    ...rows.map(({ mapping, process }) => mappingText(mapping, process && nameOf(process))),
    "",
    "Port Statistics",
    "",
    `TCP mappings: ${tcp.length}`,
    `UDP mappings: ${mappings.length - tcp.length}`,
    "",
    ...states,
    "",
    "",
  ].join("\r\n");
}
