import type { Direction } from "./event.ts";
import type { Gap } from "./gap.ts";
import type { Process } from "./process.ts";
import type { Socket } from "./socket.ts";
import type { Micros } from "./time.ts";

/**
 * What happens to sockets, in the words of `watch`:
 *
 * - `open`: was open when the watch began
 * - `listen`: a listener opened
 * - `attempt`: a connection is being tried
 * - `outbound`, `inbound`: a connection came to be, or a UDP exchange with one peer began; who began it
 * - `traffic`: it carried so many bytes more
 * - `close`: it ended, and so did a listener
 * - `failed`: the attempt never came to be
 * - `bind-failed`: the kernel refused a bind
 *
 * What comes to be has one of `open`, `listen`, `outbound` and `inbound`, and one `close` in the end.
 */
export const SOCKET_EVENTS = [
  "open",
  "listen",
  "attempt",
  "outbound",
  "inbound",
  "traffic",
  "close",
  "failed",
  "bind-failed",
] as const;

/** A process uses a port for the first time, or one that did has ended. */
export const PROCESS_EVENTS = ["process", "exit"] as const;

export type SocketChange = {
  event: (typeof SOCKET_EVENTS)[number];
  at: Micros;
  /** Names the socket within one watch. */
  id: string;
  /** As it is by then; a closed one as it was. Network namespace 0: not known. */
  socket: Socket;
  /** Who began it; absent for listeners. */
  direction?: Direction;
  /** When it began; absent where it was found open. */
  startedAt?: Micros;
  portChosenBy?: "application" | "system";
  /** An errno name. */
  error?: string;
  /** Payload: of `traffic` what was added, of `close` all, or since it was found. Absent where it cannot be counted. */
  bytesIn?: number;
  bytesOut?: number;
  /** The stack of whoever opened it, nearest first, as `module+0xoffset`. */
  callers?: string[];
};

export type ProcessChange = {
  event: (typeof PROCESS_EVENTS)[number];
  at: Micros;
  process: Process;
  application?: string;
};

/** Something may have been missed. */
export type GapChange = { event: "gap"; at: Micros; gap: Gap };

export type Change = SocketChange | ProcessChange | GapChange;

/** Whether a change is about a socket. */
export function isSocketChange(change: Change): change is SocketChange {
  return "socket" in change;
}
