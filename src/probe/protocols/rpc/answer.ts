import type { ProbeAnswer } from "../../protocol.ts";
import type { Endpoint, Found } from "./lookup.ts";

/** More endpoints are counted, and not shown. A busy domain controller has some hundred. */
const MOST = 2048;

/** The endpoints that a mapper told so far. */
export class Endpoints {
  readonly #shown: Endpoint[] = [];
  #total = 0;

  add({ count, endpoints }: Found): void {
    this.#total += count;
    this.#shown.push(...endpoints.slice(0, MOST - this.#shown.length));
  }

  /** The answer; `complete` where the mapper said that there are no more, `error` where it said something else. */
  answer(complete: boolean, error?: string): ProbeAnswer {
    const fields = { endpoints: this.#shown, total: this.#total, complete };
    return { protocol: "rpc", fields: { ...fields, ...(error !== undefined && { error }) } };
  }
}

/** A status of RPC as it is written in documents: `0x00000005`. */
export function statusText(status: number): string {
  return `0x${status.toString(16).padStart(8, "0")}`;
}
