import { constants } from "node:os";
import { errnoName, lastErrno } from "../../ffi/errno.ts";

/** The errno numbers that decide something elsewhere. */
export const { EACCES, EADDRINUSE, EADDRNOTAVAIL, EALREADY, ECONNREFUSED, ECONNRESET, EINPROGRESS, EISCONN } =
  constants.errno;

/** Those that tell that the system gives no more for now. */
const { EAGAIN, EMFILE, ENFILE, ENOBUFS, ENOMEM } = constants.errno;

/** A system call on a socket that failed. */
export class SocketFailure extends Error {
  readonly errno: number;

  constructor(call: string, errno: number) {
    super(`${call} failed: ${errnoName(errno)}`);
    this.name = "SocketFailure";
    this.errno = errno;
  }
}

/** @throws SocketFailure where `result`, of a call just made, tells of a failure. */
export function succeeded(call: string, result: number): number {
  if (result >= 0) return result;
  throw new SocketFailure(call, lastErrno());
}

/** Whether so many sockets are open, or so much is under way, that the system gives no more for now. */
export function isExhausted(errno: number): boolean {
  return errno === EMFILE || errno === ENFILE || errno === ENOBUFS || errno === ENOMEM || errno === EAGAIN;
}

export { errnoName, lastErrno };
