import { Problem } from "../../model/problem.ts";
import { calls } from "./calls.ts";
import { EACCES, EADDRINUSE, lastErrno, SocketFailure } from "./errno.ts";
import {
  AF_INET,
  decodeAddress,
  encodeAddress,
  familyOf,
  type HostAddress,
  type SocketAddress,
} from "./layout/address.ts";

const length = new Uint32Array(1);

/**
 * Binds a socket to a local port, on whatever address the route gives.
 * @throws Problem `source-port-in-use` or `not-permitted`.
 */
export function bindLocalPort(fd: number, host: HostAddress, port: number): void {
  const bytes = new Array<number>(host.bytes.length).fill(0);
  const address = encodeAddress({ bytes }, port);
  if (calls().bind(fd, address, address.length) === 0) return;
  const errno = lastErrno();
  if (errno === EADDRINUSE) throw sourcePortInUse(port);
  if (errno !== EACCES) throw new SocketFailure("bind", errno);
  throw new Problem("not-permitted", `source port ${port} cannot be used`, {
    why: "Only root may use ports that are this low (sysctl net.ipv4.ip_unprivileged_port_start).",
    next: "sudo ./portolan query …",
  });
}

/** What is said where a source port is taken. */
export function sourcePortInUse(port: number): Problem {
  return new Problem("source-port-in-use", `source port ${port} cannot be used`, {
    why: "It is in use on this machine, or was so a minute ago.",
    next: `./portolan ls :${port}`,
  });
}

/** A socket's own end. */
export function localEnd(fd: number, host: HostAddress): SocketAddress | undefined {
  const address = new Uint8Array(familyOf(host) === AF_INET ? 16 : 28);
  length[0] = address.length;
  return calls().getsockname(fd, address, length) === 0 ? decodeAddress(address) : undefined;
}
