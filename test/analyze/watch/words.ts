import type { Machine } from "../../../src/analyze/watch/owners.ts";
import { type Change, isSocketChange } from "../../../src/model/change.ts";
import { endpointText } from "../../../src/model/endpoint.ts";
import type { Process } from "../../../src/model/process.ts";
import { START } from "../events.ts";

/** A machine on which `living` run; an application is called as its first process. */
export function machine(living: readonly Process[] = []): Machine {
  return {
    look: (pid) => living.find((one) => one.pid === pid),
    applicationOf: ([first]) => first?.executable ?? first?.name,
  };
}

/** A change in a few words: what happened, when in seconds after the start, to what, by whom. */
export function words(change: Change): string {
  const head = `${change.event} ${(change.at - START) / 1e6}`;
  if (change.event === "gap") return `${head} ${change.gap.reason}`;
  if (!isSocketChange(change)) return `${head} ${change.process.pid}`;
  const { socket, error, bytesIn, bytesOut } = change;
  const ends = [socket.local, ...(socket.remote ? [socket.remote] : [])].map(endpointText).join(" ");
  const bytes = bytesIn === undefined && bytesOut === undefined ? "" : ` ${bytesIn}/${bytesOut}`;
  const who = socket.processes.map(({ pid }) => pid).join(",");
  return `${head} ${socket.state} ${ends} ${who}${bytes}${error === undefined ? "" : ` ${error}`}`;
}
