import type { CollectorEvent } from "../../../../model/event.ts";
import type { Process, ProcessKey } from "../../../../model/process.ts";
import type { Micros } from "../../../../model/time.ts";
import { createFlows } from "./flows.ts";
import { createListeners } from "./listeners.ts";
import type { HeldSocket, Look } from "./look.ts";
import { createProcesses } from "./processes.ts";

/** Who holds a socket, for events: one process, and the others that hold it too. */
export type Holder = { process?: ProcessKey; evidence: { source: "polled"; candidates?: number[] } };

/** Facts about a process, asked for when it is first seen and when it became another program. */
export type Facts = (pid: number) => Process | undefined;

/**
 * Turns looks into what happened between them: processes first, then what they opened, then what was closed, then who
 * ended. Pure but for `facts`. `bootTime` gives processes their start.
 */
export function createFollower(bootTime: Micros, facts: Facts): (look: Look) => CollectorEvent[] {
  const processes = createProcesses(bootTime, facts);
  const listeners = createListeners();
  const flows = createFlows();
  return (look) => {
    const { came, went } = processes.step(look);
    const holder = (socket: HeldSocket) => holderOf(socket, processes.key);
    const listened = listeners(look, holder);
    const flowed = flows(look, holder);
    return [...came, ...listened.opened, ...flowed.opened, ...flowed.closed, ...listened.closed, ...went];
  };
}

/** Of several holders the eldest is named: it opened the socket and the others inherited it, more often than not. */
function holderOf(socket: HeldSocket, key: (pid: number) => ProcessKey | undefined): Holder {
  let eldest: ProcessKey | undefined;
  for (const pid of socket.pids) {
    const process = key(pid);
    if (process !== undefined && (eldest === undefined || process.startedAt < eldest.startedAt)) eldest = process;
  }
  const evidence: Holder["evidence"] =
    socket.pids.length > 1 ? { source: "polled", candidates: socket.pids } : { source: "polled" };
  return eldest === undefined ? { evidence } : { process: eldest, evidence };
}
