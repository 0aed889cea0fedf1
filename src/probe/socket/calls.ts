import { openLibc } from "../../ffi/libc.ts";

/**
 * The system calls that a query makes, as glibc declares them in sys/socket.h, sys/epoll.h, net/if.h and unistd.h. Its
 * ssize_t is a long.
 */
export type Calls = {
  socket: (family: number, type: number, protocol: number) => number;
  bind: (fd: number, address: Uint8Array, length: number) => number;
  connect: (fd: number, address: Uint8Array, length: number) => number;
  getsockname: (fd: number, address: Uint8Array, length: Uint32Array) => number;
  setsockopt: (fd: number, level: number, name: number, value: Int32Array, length: number) => number;
  sendto: (fd: number, bytes: Uint8Array, length: number, flags: number, to: Uint8Array, toLength: number) => number;
  recvmsg: (fd: number, header: Uint8Array, flags: number) => number;
  close: (fd: number) => number;
  epollCreate: (flags: number) => number;
  epollControl: (epoll: number, operation: number, fd: number, event: Uint8Array | null) => number;
  epollWait: (epoll: number, events: Uint8Array, most: number, milliseconds: number) => number;
  /** The same on a thread of its own, which may wait. */
  epollWaitAside: (epoll: number, events: Uint8Array, most: number, milliseconds: number) => Promise<number>;
  interfaceIndex: (name: string) => number;
};

let opened: Calls | undefined;

/** @throws Problem `not-available` where there is no C library of Linux. */
export function calls(): Calls {
  opened ??= open();
  return opened;
}

function open(): Calls {
  const libc = openLibc();
  const length = "uint32_t";
  return {
    socket: libc.declare("int socket(int, int, int)"),
    bind: libc.declare(`int bind(int, void*, ${length})`),
    connect: libc.declare(`int connect(int, void*, ${length})`),
    getsockname: libc.declare("int getsockname(int, void*, void*)"),
    setsockopt: libc.declare(`int setsockopt(int, int, int, void*, ${length})`),
    sendto: libc.declare(`long sendto(int, void*, size_t, int, void*, ${length})`),
    recvmsg: libc.declare("long recvmsg(int, void*, int)"),
    close: libc.declare("int close(int)"),
    epollCreate: libc.declare("int epoll_create1(int)"),
    epollControl: libc.declare("int epoll_ctl(int, int, int, void*)"),
    epollWait: libc.declare("int epoll_wait(int, void*, int, int)"),
    epollWaitAside: libc.declareWaiting("int epoll_wait(int, void*, int, int)"),
    interfaceIndex: libc.declare("unsigned int if_nametoindex(const char*)"),
  };
}
