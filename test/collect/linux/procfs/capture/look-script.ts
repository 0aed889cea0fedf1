import type { Stat } from "../../../../../src/collect/linux/owners/stat.ts";
import type { HeldSocket, Look } from "../../../../../src/collect/linux/procfs/capture/look.ts";
import { portKey } from "../../../../../src/collect/linux/procfs/capture/look.ts";

/** A process as /proc/PID/stat tells it; its own session and group unless said. */
export function stat(parent: number, startTicks: number, more: Partial<Stat> = {}): Stat {
  const rest = { processGroup: 0, session: 0, kernelThread: false, image: "1" };
  return { name: "program", state: "S", parent, startTicks, ...rest, ...more };
}

/** A TCP socket on 127.0.0.1 that `pids` hold. */
export function tcp(
  state: HeldSocket["state"],
  inode: number,
  port: number,
  pids: number[],
  remote?: number,
): HeldSocket {
  const local = { address: "127.0.0.1", port };
  const socket: HeldSocket = { protocol: "tcp", state, local, networkNamespace: 1, inode, pids };
  return remote === undefined ? socket : { ...socket, remote: { address: "127.0.0.1", port: remote } };
}

/** What a look at `at` shows; members that only hold sockets start at tick 100. */
export function look(at: number, sockets: HeldSocket[], members: Record<number, Stat> = {}): Look {
  const all = new Map<number, Stat>();
  for (const { pids } of sockets) for (const pid of pids) all.set(pid, stat(1, 100 + pid));
  for (const [pid, each] of Object.entries(members)) all.set(Number(pid), each);
  const open = sockets.filter(({ state }) => state === "LISTEN" || state === "BOUND");
  return { at, members: all, sockets, listening: new Set(open.map(portKey)), unreadable: 0 };
}
