import { judgeError, RESET } from "../judgement.ts";
import type { Judgement } from "../result.ts";
import type { Asked } from "../scan/port-scan.ts";
import { calls } from "../socket/calls.ts";
import { EADDRNOTAVAIL, ECONNREFUSED, EINPROGRESS, isExhausted, SocketFailure } from "../socket/errno.ts";
import { type HostAddress, setPort } from "../socket/layout/address.ts";
import type { QueuedError } from "../socket/layout/error-queue.ts";
import { takeError } from "../socket/queued-errors.ts";
import { connect, openTcp } from "../socket/tcp.ts";

/** What a sweep takes its ports from, and whom it tells. */
export type SweepParts<A extends Asked> = {
  /** The next port, begun just now; undefined where there is no more. */
  take: () => A | undefined;
  refused: (asked: A, judgement: Judgement, now: number) => void;
  /** The port was not refused at once: whoever is told owns the socket from now on. */
  followed: (asked: A, fd: number, errno: number) => void;
  /** The system could not ask it now. */
  refuse: (asked: A) => void;
};

/**
 * Asks up to `most` ports of this machine; how many it were. The reset of a closed port is there before the second
 * connect(2), and frees the socket for the next port, so that most ports cost two calls and no socket of their own.
 */
export function sweep<A extends Asked>(
  host: HostAddress,
  address: Uint8Array,
  most: number,
  parts: SweepParts<A>,
): number {
  let fd = opened(host);
  const refused: { asked: A; at: number }[] = [];
  let count = 0;
  for (; fd !== undefined && count < most; count++) {
    const asked = parts.take();
    if (asked === undefined) break;
    asked.tries = 1;
    setPort(address, asked.port);
    let errno = connect(fd, address);
    if (errno === EINPROGRESS) errno = connect(fd, address);
    if (errno === ECONNREFUSED) {
      refused.push({ asked, at: performance.now() });
      continue;
    }
    settle(fd, refused, parts);
    if (errno === EADDRNOTAVAIL || isExhausted(errno)) {
      asked.tries = 0;
      parts.refuse(asked);
      break;
    }
    parts.followed(asked, fd, errno);
    fd = opened(host);
  }
  if (fd !== undefined) {
    settle(fd, refused, parts);
    calls().close(fd);
  }
  return count;
}

/** ICMP refuses with the same errno as a reset; its messages wait in the queue of the one socket. */
function settle<A extends Asked>(fd: number, refused: { asked: A; at: number }[], parts: SweepParts<A>): void {
  const errors = new Map<number, QueuedError>();
  for (let taken = takeError(fd); taken !== undefined; taken = takeError(fd)) errors.set(taken.port, taken.error);
  for (const { asked, at } of refused.splice(0)) {
    const error = errors.get(asked.port);
    parts.refused(asked, error === undefined ? RESET : judgeError(error), at);
  }
}

function opened(host: HostAddress): number | undefined {
  try {
    return openTcp(host);
  } catch (error) {
    if (error instanceof SocketFailure && isExhausted(error.errno)) return undefined;
    throw error;
  }
}
