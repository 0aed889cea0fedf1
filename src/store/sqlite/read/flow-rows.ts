import type { FlowAnswer } from "../../../model/record.ts";
import { addressText } from "../address.ts";
import { EVIDENCE_OF } from "../codes.ts";
import type { Connection } from "../connection.ts";
import { portOf } from "../port.ts";
import { ProcessRows } from "./process-rows.ts";
import { UsageRows } from "./usage-rows.ts";

/** A row of `flow` with its kind and circumstances. */
export type FlowRow = {
  id: number;
  otherPort: number | null;
  lasted: number | null;
  bytesIn: number | null;
  bytesOut: number | null;
  usage: number;
  process: number;
  found: number;
  evidence: number;
  error: string;
  localAddress: Uint8Array | string | null;
  name: string;
};

/** Flows as answers have them. */
export class FlowRows {
  readonly #usages: UsageRows;
  readonly #processes: ProcessRows;

  constructor(connection: Connection) {
    this.#usages = new UsageRows(connection);
    this.#processes = new ProcessRows(connection);
  }

  answer(row: FlowRow): FlowAnswer {
    const { id, otherPort, lasted, bytesIn, bytesOut, error, localAddress, name } = row;
    const process = this.#processes.get(row.process);
    return {
      usage: this.#usages.get(row.usage),
      startedAt: id,
      ...(lasted !== null && { endedAt: id + lasted }),
      ...(row.found !== 0 && { found: true as const }),
      ...(process !== undefined && { process }),
      ...(localAddress !== null && { localAddress: addressText(localAddress) }),
      ...(otherPort !== null && { otherPort: portOf(otherPort) }),
      ...(error !== "" && { error }),
      ...(bytesIn !== null && { bytesIn }),
      ...(bytesOut !== null && { bytesOut }),
      evidence: EVIDENCE_OF(row.evidence),
      ...(name !== "" && { name }),
    };
  }
}
