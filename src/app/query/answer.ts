import type { QueryPort, QueryTarget } from "../../model/documents/query.ts";
import type { PortResult } from "../../probe/result.ts";
import type { ServiceOf } from "./services.ts";

/** What is known of a port, and which of the target's addresses it is of. */
export type Found = { readonly result: PortResult; readonly address: string };

/** What a query found. */
export type QueryAnswer = {
  target: QueryTarget;
  /** The ports, in the order of asking. */
  found: readonly Found[];
  /** How many ports were asked for and are not among them, because the query was interrupted. */
  unknown: number;
  interrupted: boolean;
  /** A port as documents state it. Of 65,535 ports most are only counted, and need no document. */
  portDocument(found: Found): QueryPort;
};

/** States ports in documents; with their address where the target has several. */
export function portDocuments(serviceOf: ServiceOf, severalAddresses: boolean): QueryAnswer["portDocument"] {
  return ({ result, address }) => {
    const { protocol, port, verdict, reason, milliseconds, answer } = result;
    const service = serviceOf(result);
    return {
      protocol,
      port,
      ...(service !== undefined && { service }),
      verdict,
      reason,
      milliseconds,
      ...(severalAddresses && { address }),
      ...(answer && { answer }),
    };
  };
}

/** The target as documents state it. */
export function targetDocument(name: string | undefined, address: string, asked: readonly string[]): QueryTarget {
  return { ...(name !== undefined && { name }), address, ...(asked.length > 1 && { addresses: [...asked] }) };
}
