import { openLibc } from "../../../ffi/libc.ts";

const AF_INET = 2; // include/linux/socket.h
const SOCK_DGRAM = 2; // include/linux/net.h
const SOCK_CLOEXEC = 0o2000000;
const SIOCSIFFLAGS = 0x8914; // include/uapi/linux/sockios.h
const IFF_UP = 1; // include/uapi/linux/if.h
/** struct ifreq of netdevice(7): a name of 16 bytes, and the flags as a short behind it; 40 bytes on 64-bit machines. */
const IFREQ = { size: 40, flags: 16 };

/**
 * Brings up the loopback interface of this thread's network namespace, which the kernel gives 127.0.0.1 and ::1.
 * False where the kernel refuses.
 */
export function bringLoopbackUp(): boolean {
  const libc = openLibc();
  const socket = libc.declare<(family: number, type: number, protocol: number) => number>("int socket(int, int, int)");
  const ioctl = libc.declare<(fd: number, request: number, argument: Buffer) => number>(
    "int ioctl(int, unsigned long, void *)",
  );
  const close = libc.declare<(fd: number) => number>("int close(int)");
  const descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return false;
  const request = Buffer.alloc(IFREQ.size);
  request.write("lo", 0, "latin1");
  request.writeUInt16LE(IFF_UP, IFREQ.flags);
  const status = ioctl(descriptor, SIOCSIFFLAGS, request);
  close(descriptor);
  return status === 0;
}
