import type { Endpoint, Protocol } from "./endpoint.ts";
import type { Evidence } from "./evidence.ts";
import type { Gap } from "./gap.ts";
import type { Process } from "./process.ts";
import type { Micros } from "./time.ts";

/** TCP states by the kernel's numbers (include/net/tcp_states.h), named as `ss` prints them with underscores. */
export const TCP_STATES = [
  "UNKNOWN",
  "ESTABLISHED",
  "SYN_SENT",
  "SYN_RECV",
  "FIN_WAIT_1",
  "FIN_WAIT_2",
  "TIME_WAIT",
  "CLOSE",
  "CLOSE_WAIT",
  "LAST_ACK",
  "LISTEN",
  "CLOSING",
  "SYN_RECV",
] as const;

export type SocketState = (typeof TCP_STATES)[number] | "BOUND" | "CONNECTED";

/** One socket at one moment. `processes` is empty where no process holds it; `evidence` then says why. */
export type Socket = {
  protocol: Protocol;
  state: SocketState;
  local: Endpoint;
  /** Absent for listeners and for UDP sockets without a fixed peer. */
  remote?: Endpoint;
  /** Inode number of the network namespace (`readlink /proc/PID/ns/net`). */
  networkNamespace: number;
  application?: string;
  processes: Process[];
  evidence: Evidence;
};

/** TCP in LISTEN, or UDP bound to a port without a fixed peer. */
export function isListener(socket: Pick<Socket, "state">): boolean {
  return socket.state === "LISTEN" || socket.state === "BOUND";
}

/**
 * A socket's place in the order in which sockets are shown, as one number of 34 bits: listeners first, then by protocol,
 * local port, remote port.
 */
export function placeOf(socket: Pick<Socket, "state" | "protocol" | "local" | "remote">): number {
  const group = (isListener(socket) ? 0 : 2) + (socket.protocol === "tcp" ? 0 : 1);
  return (group * 0x10000 + socket.local.port) * 0x10000 + (socket.remote?.port ?? 0);
}

/** Every socket of the machine at one moment, as one collector saw it. */
export type Snapshot = { takenAt: Micros; collector: string; gaps: Gap[]; sockets: Socket[] };
