import type { FlowRecord, RecordedProcess } from "../../model/record.ts";
import type { CivilTime } from "./civil-time.ts";
import type { PortUse } from "./port-use.ts";
import type { PortMapping } from "./process-detail.ts";

/** Both ends of a use. The port of a usage is the service's: the local one, or of what went out the remote one. */
function endsOf({ usage, localAddress, otherPort }: FlowRecord) {
  const { use, port, peer } = usage;
  const unknown = peer?.includes(":") ? "::" : "0.0.0.0";
  if (use === "listen") return { localPort: port, localAddress: peer ?? unknown };
  const outbound = use === "outbound";
  const [localPort = 0, remotePort] = outbound ? [otherPort, port] : [port, otherPort];
  return {
    localPort,
    localAddress: localAddress ?? unknown,
    ...(peer !== undefined && { remoteAddress: peer, ...(remotePort !== undefined && { remotePort }) }),
  };
}

/** A use as a line of PR-PORTS. */
export function useOf(flow: FlowRecord, at: CivilTime, pid: number | undefined, process?: RecordedProcess): PortUse {
  return {
    at,
    protocol: flow.usage.protocol,
    ...endsOf(flow),
    ...(pid !== undefined && { pid }),
    ...(process !== undefined && { module: nameOf(process) }),
    ...(process?.user !== undefined && { user: process.user }),
  };
}

/** A use as a row of a table. */
export function mappingOf(flow: FlowRecord): PortMapping {
  const { protocol, use } = flow.usage;
  return {
    ...(flow.process !== undefined && { pid: flow.process.pid }),
    protocol,
    ...endsOf(flow),
    ...(protocol === "tcp" && { state: use === "listen" ? "LISTENING" : "ESTABLISHED" }),
  };
}

/** The file name of its program, which unlike its own name the process cannot choose. */
export function nameOf({ executable, name }: RecordedProcess): string {
  return executable?.slice(executable.lastIndexOf("/") + 1) || name;
}
