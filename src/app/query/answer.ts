import type { QueryPort, QueryTarget } from "../../model/documents/query.ts";
import type { PortResult } from "../../probe/result.ts";
import type { ServiceOf } from "./services.ts";

/** What a query found. */
export type QueryAnswer = {
  target: QueryTarget;
  /** The ports, in the order of asking. */
  results: readonly PortResult[];
  /** How many ports were asked for and are not among them, because the query was interrupted. */
  unknown: number;
  interrupted: boolean;
  /** Which of the target's addresses a result is of. */
  addressOf(result: PortResult): string;
  /** A port as documents state it. Of 65,535 ports most are only counted, and need no document. */
  portDocument(result: PortResult): QueryPort;
};

/** States ports in documents; with an address where it is known to be one of several. */
export function portDocuments(
  serviceOf: ServiceOf,
  addressOf?: (result: PortResult) => string,
): QueryAnswer["portDocument"] {
  return (result) => {
    const { protocol, port, verdict, reason, milliseconds, answer } = result;
    const service = serviceOf(result);
    const address = addressOf?.(result);
    return {
      protocol,
      port,
      ...(service !== undefined && { service }),
      verdict,
      reason,
      milliseconds,
      ...(address !== undefined && { address }),
      ...(answer && { answer }),
    };
  };
}

/** The target as documents state it. */
export function targetDocument(name: string | undefined, address: string, asked: readonly string[]): QueryTarget {
  return { ...(name !== undefined && { name }), address, ...(asked.length > 1 && { addresses: [...asked] }) };
}
