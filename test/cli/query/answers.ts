import { portDocuments, type QueryAnswer } from "../../../src/app/query/answer.ts";
import type { QueryTarget } from "../../../src/model/documents/query.ts";
import type { PortResult } from "../../../src/probe/result.ts";

/** A result of a port that was reset, changed as a test needs it. */
export function result(port: number, changes: Partial<PortResult> = {}): PortResult {
  return {
    protocol: "tcp",
    port,
    verdict: "not-listening",
    reason: "reset",
    milliseconds: 0.123,
    tries: 1,
    ...changes,
  };
}

/** What a port that listens makes of a result. */
export const OPEN = { verdict: "listening", reason: "connected" } as const;

/** A made-up answer to a query. */
export function answer(results: PortResult[], changes: Partial<QueryAnswer> = {}): QueryAnswer {
  const target: QueryTarget = changes.target ?? { address: "192.0.2.1" };
  const addressOf = changes.addressOf ?? (() => target.address);
  const services = new Map([
    [22, "ssh"],
    [80, "http"],
    [161, "snmp"],
  ]);
  return {
    target,
    results,
    unknown: 0,
    interrupted: false,
    addressOf,
    portDocument: portDocuments(({ port }) => services.get(port), target.addresses && addressOf),
    ...changes,
  };
}
