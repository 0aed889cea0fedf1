import type { FlowEvent } from "../../model/event.ts";
import type { FlowRecord } from "../../model/record.ts";
import { ownerOf } from "./owners.ts";
import type { Parts } from "./parts.ts";
import type { UsageState } from "./usages.ts";

/**
 * The row of a flow without its bytes, and the usage that it belongs to from now on. The port of a usage is the service's:
 * the local one of what came in, the remote one of what went out.
 */
export function rowOf(event: FlowEvent, parts: Parts): { row: FlowRecord; state: UsageState } {
  const { direction, protocol, local, remote } = event;
  const { application, process } = ownerOf(event, parts.processes);
  const inbound = direction === "inbound";
  const port = inbound ? local.port : (remote?.port ?? 0);
  const state = parts.usages.of(application, direction, protocol, port, remote?.address);
  const row: FlowRecord = {
    flow: event.flow,
    usage: state.usage,
    startedAt: event.startedAt,
    localAddress: local.address,
    evidence: event.evidence.source,
  };
  const otherPort = inbound ? remote?.port : local.port;
  if (otherPort !== undefined && otherPort !== 0) row.otherPort = otherPort;
  if (process !== undefined) row.process = process;
  const name = inbound || remote === undefined ? undefined : parts.names.of(remote.address);
  if (name !== undefined) row.name = name;
  return { row, state };
}
