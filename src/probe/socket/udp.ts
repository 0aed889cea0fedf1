import { calls } from "./calls.ts";
import { lastErrno, succeeded } from "./errno.ts";
import { decodeAddress, familyOf, type HostAddress, type SocketAddress } from "./layout/address.ts";
import { receiveMessage } from "./layout/message.ts";
import { bindLocalPort, localEnd } from "./local-port.ts";
import { enlargeBuffer, queueErrors } from "./options.ts";

/** SOCK_DGRAM, SOCK_NONBLOCK and SOCK_CLOEXEC, include/linux/net.h */
const TYPE = 2 | 0o4000 | 0o2000000;
/** MSG_DONTWAIT, include/linux/socket.h */
const FLAGS = 0x40;
/** No datagram is longer. */
const LONGEST = 65_536;
/** Answers and errors that wait to be read share the buffer: what does not fit is lost. */
const BUFFER = 4 << 20;

/** What came back, and from where. */
export type Datagram = SocketAddress & { bytes: Uint8Array };

let message: ReturnType<typeof receiveMessage> | undefined;

/**
 * A UDP socket towards `host`, not connected: one asks any number of ports. It never waits, and its errors are queued.
 * @throws SocketFailure, or the Problems of `bindLocalPort`.
 */
export function openUdp(host: HostAddress, sourcePort = 0): number {
  const fd = succeeded("socket", calls().socket(familyOf(host), TYPE, 0));
  try {
    queueErrors(fd, host);
    enlargeBuffer(fd, BUFFER);
    bindLocalPort(fd, host, sourcePort);
    return fd;
  } catch (error) {
    calls().close(fd);
    throw error;
  }
}

/** The port that a socket is bound to. */
export function localPort(fd: number, host: HostAddress): number {
  return localEnd(fd, host)?.port ?? 0;
}

/** Sends a datagram, empty ones included: 0, or an errno, which may be that of an earlier one (udp(7)). */
export function send(fd: number, bytes: Uint8Array, to: Uint8Array): number {
  return calls().sendto(fd, bytes, bytes.length, FLAGS, to, to.length) < 0 ? lastErrno() : 0;
}

/** Takes the oldest datagram that has come; undefined where there is none, or an error stands in its place. */
export function receive(fd: number): Datagram | undefined {
  message ??= receiveMessage(LONGEST, 64);
  message.reset();
  const length = calls().recvmsg(fd, message.header, FLAGS);
  if (length < 0) return undefined;
  const from = decodeAddress(message.name());
  return from === undefined ? receive(fd) : { ...from, bytes: message.payload(length).slice() };
}
