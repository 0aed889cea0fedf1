import { readFileSync } from "node:fs";
import { selectSnapshot } from "../collect/select.ts";
import type { Degradation } from "../model/gap.ts";
import { placeOf, type Snapshot, type Socket } from "../model/socket.ts";
import { readFilter } from "./filter.ts";

/** What `ls` is asked. */
export type LsRequest = {
  filters: readonly string[];
  /** Also units and modules. */
  verbose: boolean;
  /** Not the arguments and parents of processes. */
  brief?: boolean;
  /** Which collector must be used; absent: whichever suits this machine. */
  collector?: string;
};

/** The sockets asked for, in the order in which they are shown, and what may be missing among them. */
export type LsAnswer = {
  host: string;
  snapshot: Snapshot;
  degradations: Degradation[];
  /** The command that closes the snapshot's gaps, where there is one. */
  remedy?: string;
};

/** Which sockets are in use right now, and by whom. Throws `bad-filter`, `bad-value`, `not-available`, `not-permitted`. */
export async function ls(request: LsRequest): Promise<LsAnswer> {
  const filter = readFilter(request.filters);
  const verbose = request.verbose || filter.needsUnits;
  const { collector, degradations } = await selectSnapshot(request.collector);
  const snapshot = await collector.snapshot({
    verbose,
    brief: request.brief === true && !verbose,
    only: filter.only,
  });
  const chosen = request.filters.length === 0 ? snapshot.sockets : snapshot.sockets.filter(filter.test);
  const sockets = inOrder(chosen);
  const answer = { host: hostName(), snapshot: { ...snapshot, sockets }, degradations };
  return hasHiddenOwners(snapshot) ? { ...answer, remedy: "sudo ./portolan ls" } : answer;
}

/** Whether /proc kept the processes of other users from us, which it does not do to root. */
function hasHiddenOwners({ collector, gaps }: Snapshot): boolean {
  return collector === "procfs" && gaps.length > 0 && process.geteuid?.() !== 0;
}

/**
 * Listeners first, then by protocol, local port, remote port; sockets that agree in these keep the collector's order.
 * Each socket's place is packed into one number (2 + 16 + 16 + 18 bits fit the 53 of a double), because sorting numbers
 * natively takes a tenth of the time of sorting 110,000 objects by a comparison.
 */
export function inOrder(sockets: Socket[]): Socket[] {
  const indexes = sockets.length <= 0x40000 ? 0x40000 : 0x400000000;
  const keys = new Float64Array(sockets.length);
  for (let index = 0; index < sockets.length; index++) {
    const socket = sockets[index];
    if (socket === undefined) continue;
    const place = placeOf(socket);
    keys[index] = (indexes === 0x40000 ? place : Math.floor(place / 0x10000)) * indexes + index;
  }
  keys.sort();
  const ordered: Socket[] = [];
  for (let place = 0; place < keys.length; place++) {
    const socket = sockets[(keys[place] ?? 0) % indexes];
    if (socket !== undefined) ordered.push(socket);
  }
  return ordered;
}

/** This machine's name (proc_sys_kernel(5)); reading it is cheaper than loading `node:os` for it. */
function hostName(): string {
  return readFileSync("/proc/sys/kernel/hostname", "utf8").trim();
}
