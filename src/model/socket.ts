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

/** Every socket of the machine at one moment, as one collector saw it. */
export type Snapshot = { takenAt: Micros; collector: string; gaps: Gap[]; sockets: Socket[] };
