import { closeSync, readSync } from "node:fs";
import type { Pointer } from "../../../ffi/library.ts";
import type { Libbpf } from "./libbpf.ts";

const CHUNK = 1 << 20;

/** An attached BPF iterator: each reading of it is one pass of the kernel. */
export type Iterator = { link: Pointer };

/** Attaches an iterator program; undefined where the kernel refuses. */
export function attachIterator(libbpf: Libbpf, program: Pointer): Iterator | undefined {
  const link = libbpf.attachIterator(program, null);
  return link ? { link } : undefined;
}

/**
 * One pass: all bytes that the program wrote. The network namespace of iter/tcp and iter/udp is the calling thread's.
 * @throws Error where the kernel cannot start or finish the pass.
 */
export function readIterator(libbpf: Libbpf, iterator: Iterator): Uint8Array {
  const fd = libbpf.createIterator(libbpf.linkFd(iterator.link));
  if (fd < 0) throw new Error(`the kernel refuses to start a BPF iterator (error ${-fd})`);
  try {
    return readAll(fd);
  } finally {
    closeSync(fd);
  }
}

function readAll(fd: number): Uint8Array {
  let buffer = Buffer.allocUnsafeSlow(CHUNK);
  let used = 0;
  for (;;) {
    if (buffer.length - used < CHUNK / 4) {
      const larger = Buffer.allocUnsafeSlow(buffer.length * 2);
      buffer.copy(larger, 0, 0, used);
      buffer = larger;
    }
    const read = readWhole(fd, buffer, used);
    if (read === 0) return buffer.subarray(0, used);
    used += read;
  }
}

/** A pass that has nothing to say for now answers EAGAIN; it goes on when asked again. */
function readWhole(fd: number, buffer: Buffer, at: number): number {
  for (;;) {
    try {
      return readSync(fd, buffer, at, buffer.length - at, null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}
