import type { SocketChange } from "../../model/change.ts";
import type { Direction, FlowEvent, ListenEvent } from "../../model/event.ts";
import type { EvidenceSource } from "../../model/evidence.ts";
import type { ProcessKey } from "../../model/process.ts";
import type { Socket } from "../../model/socket.ts";
import type { Micros } from "../../model/time.ts";
import type { Owner } from "./owners.ts";

/** A socket that is open, or being tried, and what was told of it. */
export type Tracked = {
  readonly id: string;
  socket: Socket;
  /** The word for how it came to be. */
  opening: "listen" | "attempt" | Direction;
  /** Open when the watch began. */
  readonly found: boolean;
  /** How it came to be has been told. */
  shown: boolean;
  changedAt: Micros;
  direction?: Direction;
  readonly startedAt?: Micros;
  readonly portChosenBy?: "application" | "system";
  readonly callers?: string[];
  /** By what the owner is known: where that changes, so may the owner. */
  process?: ProcessKey | undefined;
  source?: EvidenceSource;
  bytesIn?: number;
  bytesOut?: number;
};

/** A listener that opened, or was found open. */
export function listenerOf(event: ListenEvent, owner: Owner, found: boolean): Tracked {
  const { socket: id, protocol, local, networkNamespace, evidence, portChosenBy, callers, at } = event;
  const state = protocol === "tcp" ? "LISTEN" : "BOUND";
  return {
    id,
    opening: "listen",
    found,
    shown: false,
    changedAt: at,
    socket: { protocol, state, local, networkNamespace: networkNamespace ?? 0, ...owner, evidence },
    ...(!found && { startedAt: at }),
    ...(portChosenBy !== undefined && { portChosenBy }),
    ...(callers !== undefined && { callers }),
  };
}

/** Whether a flow that was not known before came to be: of one that ends, the beginning may have been lost. */
export function cameToBe({ begun, ended, failed }: FlowEvent): boolean {
  return begun || (ended && failed === undefined);
}

/** A flow that was not known before. */
export function flowOf(event: FlowEvent, owner: Owner, found: boolean): Tracked {
  const { flow: id, at, protocol, direction, local, remote, networkNamespace, evidence, callers, startedAt } = event;
  const established = cameToBe(event);
  return {
    id,
    opening: established ? direction : "attempt",
    found,
    shown: false,
    changedAt: at,
    direction,
    process: event.process,
    source: evidence.source,
    socket: {
      protocol,
      state: established ? establishedState(event) : "SYN_SENT",
      local,
      ...(remote !== undefined && { remote }),
      networkNamespace: networkNamespace ?? 0,
      ...owner,
      evidence,
    },
    ...(!found && { startedAt }),
    ...(callers !== undefined && { callers }),
  };
}

/** The state of a flow that came to be. */
export function establishedState({ protocol }: FlowEvent): "CONNECTED" | "ESTABLISHED" {
  return protocol === "udp" ? "CONNECTED" : "ESTABLISHED";
}

/** How it came to be. */
export function openingOf(tracked: Tracked, at: Micros): SocketChange {
  const { portChosenBy, callers } = tracked;
  return {
    ...about(tracked, at),
    event: tracked.found ? "open" : tracked.opening,
    ...(portChosenBy !== undefined && { portChosenBy }),
    ...(callers !== undefined && { callers }),
  };
}

/** How it ended. */
export function closingOf(tracked: Tracked, at: Micros): SocketChange {
  const { bytesIn, bytesOut } = tracked;
  return {
    ...about(tracked, at),
    event: "close",
    ...(bytesIn !== undefined && { bytesIn }),
    ...(bytesOut !== undefined && { bytesOut }),
  };
}

/** That it never came to be. */
export function failureOf(tracked: Tracked, at: Micros, error: string): SocketChange {
  return { ...about(tracked, at), event: "failed", error };
}

/** That it carried more. */
export function trafficOf(tracked: Tracked, { at, bytesIn, bytesOut }: FlowEvent): SocketChange {
  return {
    ...about(tracked, at),
    event: "traffic",
    ...(bytesIn !== undefined && { bytesIn }),
    ...(bytesOut !== undefined && { bytesOut }),
  };
}

function about({ id, socket, direction, startedAt }: Tracked, at: Micros): Omit<SocketChange, "event"> {
  return {
    at,
    id,
    socket,
    ...(direction !== undefined && { direction }),
    ...(startedAt !== undefined && { startedAt }),
  };
}
