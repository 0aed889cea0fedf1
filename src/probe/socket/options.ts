import { calls } from "./calls.ts";
import { succeeded } from "./errno.ts";
import { AF_INET, familyOf, type HostAddress } from "./layout/address.ts";

/** SOL_SOCKET and its options, include/uapi/asm-generic/socket.h */
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_RCVBUF = 8;
const SO_LINGER = 13;
/** SOL_IP with IP_RECVERR, SOL_IPV6 with IPV6_RECVERR (include/linux/socket.h, in.h, in6.h). */
const RECEIVE_ERRORS = { four: [0, 11], six: [41, 25] } as const;

const one = new Int32Array([1]);

/** Has the kernel keep what ICMP says of a socket in its error queue (ip(7), IP_RECVERR). */
export function queueErrors(fd: number, host: HostAddress): void {
  const [level, name] = familyOf(host) === AF_INET ? RECEIVE_ERRORS.four : RECEIVE_ERRORS.six;
  succeeded("setsockopt IP_RECVERR", calls().setsockopt(fd, level, name, one, 4));
}

/** Lets several sockets use one local port, as connections to different ports may. */
export function shareLocalPort(fd: number): void {
  succeeded("setsockopt SO_REUSEADDR", calls().setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, one, 4));
}

/** Asks for a larger receive buffer; the system may give less. */
export function enlargeBuffer(fd: number, bytes: number): void {
  calls().setsockopt(fd, SOL_SOCKET, SO_RCVBUF, new Int32Array([bytes]), 4);
}

/** Has close(2) reset the connection, so that its local port is free at once (struct linger: on, for 0 seconds). */
export function resetOnClose(fd: number): void {
  calls().setsockopt(fd, SOL_SOCKET, SO_LINGER, new Int32Array([1, 0]), 8);
}
