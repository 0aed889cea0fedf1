/**
 * How the owner of a socket or a flow is known.
 *
 * - `context`: the kernel ran the hook in the owner's own system call
 * - `accept`: the owner's accept returned this connection
 * - `listener`: nobody was seen accepting it; the listener's owner is named
 * - `holder`: a process holds the socket as a file descriptor (snapshot)
 * - `polled`: seen while polling /proc; shorter ones may have been missed
 * - `kernel`: the kernel itself holds it; there is no process
 * - `none`: no process holds it: any more (TIME_WAIT, orphans), or yet (not accepted)
 * - `unknown`: a process may hold it that this user may not look into
 * - `ambiguous`: several processes could be meant; they are the candidates
 */
export type EvidenceSource =
  | "context"
  | "accept"
  | "listener"
  | "holder"
  | "polled"
  | "kernel"
  | "none"
  | "unknown"
  | "ambiguous";

export type Evidence = { source: EvidenceSource; candidates?: number[] };
