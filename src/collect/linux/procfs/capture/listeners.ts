import type { CollectorEvent } from "../../../../model/event.ts";
import type { Holder } from "./follow.ts";
import type { HeldSocket, Look } from "./look.ts";

type Step = { opened: CollectorEvent[]; closed: CollectorEvent[] };

/**
 * Listeners as they open and close. A UDP socket without a peer counts as one: whether its program or the system chose
 * the port is not to be seen here, so `portChosenBy` is absent and whoever judges it has to know.
 */
export function createListeners(): (look: Look, holder: (socket: HeldSocket) => Holder) => Step {
  const open = new Set<string>();
  return (look, holder) => {
    const step: Step = { opened: [], closed: [] };
    const now = new Set<string>();
    for (const socket of look.sockets) {
      if (socket.state !== "LISTEN" && socket.state !== "BOUND") continue;
      const { protocol, local, networkNamespace } = socket;
      const id = `${protocol}:${socket.inode}:${local.address}:${local.port}`;
      now.add(id);
      if (open.has(id)) continue;
      open.add(id);
      step.opened.push({
        kind: "listen",
        at: look.at,
        socket: id,
        protocol,
        local,
        networkNamespace,
        ...holder(socket),
      });
    }
    for (const id of open) {
      if (now.has(id)) continue;
      open.delete(id);
      step.closed.push({ kind: "unlisten", at: look.at, socket: id });
    }
    return step;
  };
}
