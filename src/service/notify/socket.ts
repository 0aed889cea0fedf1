import { openLibc } from "../../ffi/libc.ts";

const AF_UNIX = 1; // include/linux/socket.h
const SOCK_DGRAM = 2; // include/linux/net.h
const SOCK_CLOEXEC = 0o2000000;
const MSG_NOSIGNAL = 0x4000;
/** sun_path of unix(7): 108 bytes behind a family of two. */
const PATH_BYTES = 108;
const FAMILY_BYTES = 2;

/** A datagram socket to the service manager. */
export type NotifySocket = {
  /** Sends `message`; false where nobody receives it, which is the manager's business and not ours. */
  send(message: string): boolean;
  close(): void;
};

/**
 * A socket to `path`, which begins with `/` or, for an abstract address, with `@` (sd_notify(3)). Undefined where the path
 * is none. Node has no datagram sockets of this family.
 * @throws Problem `not-available` where the C library cannot be called.
 */
export function openNotifySocket(path: string): NotifySocket | undefined {
  const address = addressOf(path);
  if (address === undefined) return undefined;
  const libc = openLibc();
  const socket = libc.declare<(family: number, type: number, protocol: number) => number>("int socket(int, int, int)");
  const sendTo = libc.declare<
    (fd: number, bytes: Buffer, length: number, flags: number, address: Buffer, size: number) => number
  >("intptr_t sendto(int, const void *, size_t, int, const void *, uint32_t)");
  const close = libc.declare<(fd: number) => number>("int close(int)");
  const descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return undefined;
  return {
    send(message) {
      const bytes = Buffer.from(message, "utf8");
      return Number(sendTo(descriptor, bytes, bytes.length, MSG_NOSIGNAL, address, address.length)) === bytes.length;
    },
    close: () => void close(descriptor),
  };
}

/** The bytes of a sockaddr_un (unix(7)); an abstract name begins with a zero byte and has no end. */
export function addressOf(path: string): Buffer | undefined {
  if (!path.startsWith("/") && !path.startsWith("@")) return undefined;
  const name = Buffer.from(path.startsWith("@") ? `\0${path.slice(1)}` : `${path}\0`, "utf8");
  if (name.length > PATH_BYTES) return undefined;
  const address = Buffer.alloc(FAMILY_BYTES + name.length);
  address.writeUInt16LE(AF_UNIX, 0);
  name.copy(address, FAMILY_BYTES);
  return address;
}
