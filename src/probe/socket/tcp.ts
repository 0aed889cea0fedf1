import { calls } from "./calls.ts";
import { lastErrno, succeeded } from "./errno.ts";
import { familyOf, type HostAddress } from "./layout/address.ts";
import { bindLocalPort } from "./local-port.ts";
import { queueErrors, shareLocalPort } from "./options.ts";

/** SOCK_STREAM, SOCK_NONBLOCK and SOCK_CLOEXEC, include/linux/net.h */
const TYPE = 1 | 0o4000 | 0o2000000;

/**
 * A TCP socket towards `host` that never waits, with its errors queued; bound to `sourcePort` where one is asked for.
 * @throws SocketFailure, or the Problems of `bindLocalPort`.
 */
export function openTcp(host: HostAddress, sourcePort?: number): number {
  const fd = succeeded("socket", calls().socket(familyOf(host), TYPE, 0));
  try {
    queueErrors(fd, host);
    if (sourcePort !== undefined) {
      shareLocalPort(fd);
      bindLocalPort(fd, host, sourcePort);
    }
    return fd;
  } catch (error) {
    calls().close(fd);
    throw error;
  }
}

/**
 * Connects, or asks again how far that is: 0 when connected, else an errno. EINPROGRESS and EALREADY mean that there is
 * no answer yet. After a refusal was told the socket may connect anew, as Linux has it (connect(2), NOTES).
 */
export function connect(fd: number, address: Uint8Array): number {
  return calls().connect(fd, address, address.length) === 0 ? 0 : lastErrno();
}
