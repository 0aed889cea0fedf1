import type { CollectorEvent, FlowEvent } from "../../../../model/event.ts";
import type { Holder } from "./follow.ts";
import { type HeldSocket, type Look, portKey } from "./look.ts";

type Step = { opened: CollectorEvent[]; closed: CollectorEvent[] };

/**
 * Flows as they begin and end. Which end began is told by the ports: one whose local port somebody listens on came in.
 * A connection still being attempted is reported once as not begun; if it is gone at the next look, whether it was
 * refused or was short is not known, so its end says neither.
 */
export function createFlows(): (look: Look, holder: (socket: HeldSocket) => Holder) => Step {
  const open = new Map<string, FlowEvent>();
  /** TCP ports that anyone listened on so far: connections outlive the listener that took them. */
  const listened = new Set<string>();
  return (look, holder) => {
    for (const key of look.listening) if (key.includes("/tcp/")) listened.add(key);
    const step: Step = { opened: [], closed: [] };
    const now = new Set<string>();
    for (const socket of look.sockets) {
      const { remote, state } = socket;
      if (remote === undefined || state === "LISTEN" || state === "BOUND") continue;
      const id = `${socket.protocol}:${socket.inode}:${socket.local.port}:${remote.address}:${remote.port}`;
      now.add(id);
      const before = open.get(id);
      const begun = state !== "SYN_SENT";
      if (before !== undefined && (before.begun || !begun)) continue;
      const inbound = listened.has(portKey(socket)) || look.listening.has(portKey(socket));
      const event: FlowEvent = {
        kind: "flow",
        at: look.at,
        flow: id,
        protocol: socket.protocol,
        direction: inbound && begun ? "inbound" : "outbound",
        local: socket.local,
        remote,
        startedAt: before?.startedAt ?? look.at,
        begun,
        ended: false,
        networkNamespace: socket.networkNamespace,
        ...holder(socket),
      };
      // Who attempted it is who began it, whatever listens on the port by now.
      if (before !== undefined) event.direction = before.direction;
      open.set(id, event);
      step.opened.push(event);
    }
    for (const [id, event] of open) {
      if (now.has(id)) continue;
      open.delete(id);
      step.closed.push({ ...event, at: look.at, begun: false, ended: true });
    }
    return step;
  };
}
