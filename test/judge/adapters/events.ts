import type { CollectorEvent, FlowEvent, ListenEvent } from "../../../src/model/event.ts";
import type { Ended } from "../adapter.ts";

/**
 * The events of a machine that belong to one scenario: those of its processes and of what they started, and those
 * without an owner at the ports of its truth.
 */
export function eventsOf(events: readonly CollectorEvent[], ended: Ended): CollectorEvent[] {
  const pids = new Set(ended.pids);
  for (const event of events) {
    if (event.kind !== "process") continue;
    const { pid, parents } = event.process;
    if (parents?.some((parent) => parent.pid === ended.pid)) pids.add(pid);
  }
  const ports = portsOf(ended);
  const ofScenario = (event: FlowEvent | ListenEvent, port: number | undefined): boolean => {
    if (event.process !== undefined) return pids.has(event.process.pid);
    if (event.evidence.candidates?.some((pid) => pids.has(pid))) return true;
    return port !== undefined && ports.has(`${event.protocol} ${port}`);
  };
  // A flow, or a socket that several processes hold, is told in several events; it belongs as a whole.
  const flows = new Set<string>();
  const sockets = new Set<string>();
  for (const event of events) {
    if (event.kind === "flow" && ofScenario(event, portOf(event))) flows.add(event.flow);
    if (event.kind === "listen" && ofScenario(event, event.local.port)) sockets.add(event.socket);
  }
  return events.filter((event) => {
    switch (event.kind) {
      case "flow":
        return flows.has(event.flow);
      case "listen":
      case "unlisten":
        return sockets.has(event.socket);
      case "process":
      case "exit":
        return pids.has(event.process.pid);
      case "bind-failed":
        return event.process === undefined || pids.has(event.process.pid);
      case "name":
        return false;
      case "gap":
        return true;
      default:
        return event satisfies never;
    }
  });
}

function portOf({ direction, local, remote }: FlowEvent): number | undefined {
  return direction === "inbound" ? local.port : remote?.port;
}

function portsOf({ truth }: Ended): Set<string> {
  return new Set([
    ...truth.listens.map(({ protocol, port }) => `${protocol} ${port}`),
    ...truth.connects.map(({ protocol, remote }) => `${protocol} ${remote.port}`),
  ]);
}
