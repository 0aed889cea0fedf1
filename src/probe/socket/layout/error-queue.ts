import { decodeAddress } from "./address.ts";

/** Why a socket's datagram or connection failed, as the kernel queued it (struct sock_extended_err). */
export type QueuedError = {
  errno: number;
  /** Who says so: this machine itself, or a message of ICMP or ICMPv6. */
  origin: "local" | "icmp" | "icmp6" | "other";
  /** Type and code of the ICMP message. */
  type: number;
  code: number;
  /** Who sent the message, where it is told. */
  offender?: string;
};

/** SOL_IP and SOL_IPV6 (include/linux/socket.h), IP_RECVERR (in.h), IPV6_RECVERR (in6.h). */
const SOURCES = [
  { level: 0, type: 11 },
  { level: 41, type: 25 },
];

/** SO_EE_ORIGIN_LOCAL, _ICMP and _ICMP6, include/uapi/linux/errqueue.h */
const ORIGINS = [undefined, "local", "icmp", "icmp6"] as const;

/** Bytes of a cmsghdr on a machine of 64 bits (include/linux/socket.h): length, level, type; what follows is aligned to 8. */
const HEADER = 16;
/** Bytes of a sock_extended_err (errqueue.h): errno u32, origin, type, code and padding u8, info u32, data u32. */
const ERROR = 16;

/**
 * The error among the control messages that recvmsg(2) left with MSG_ERRQUEUE; undefined where there is none. Behind the
 * error stands the address of whoever sent the message (SO_EE_OFFENDER).
 */
export function decodeQueuedError(control: Uint8Array): QueuedError | undefined {
  const view = new DataView(control.buffer, control.byteOffset, control.byteLength);
  for (let at = 0; at + HEADER <= control.length; ) {
    // A length of 64 bits whose upper half is not zero is longer than any buffer.
    const length = view.getUint32(at + 4, true) === 0 ? view.getUint32(at, true) : 0;
    if (length < HEADER || at + length > control.length) return undefined;
    const level = view.getInt32(at + 8, true);
    const type = view.getInt32(at + 12, true);
    if (SOURCES.some((source) => source.level === level && source.type === type) && length >= HEADER + ERROR) {
      return extendedError(control.subarray(at + HEADER, at + length));
    }
    at += (length + 7) & ~7;
  }
  return undefined;
}

function extendedError(bytes: Uint8Array): QueuedError {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offender = decodeAddress(bytes.subarray(ERROR));
  return {
    errno: view.getUint32(0, true),
    origin: ORIGINS[view.getUint8(4)] ?? "other",
    type: view.getUint8(5),
    code: view.getUint8(6),
    ...(offender && { offender: offender.address }),
  };
}
