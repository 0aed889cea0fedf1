import { lastErrno } from "../../../ffi/errno.ts";
import { openLibc } from "../../../ffi/libc.ts";
import type { Pointer } from "../../../ffi/library.ts";
import { memoryAt } from "../../../ffi/memory.ts";
import { Problem } from "../../../model/problem.ts";

/** include/uapi/asm-generic/mman-common.h, mman.h */
const PROT_READ = 1;
const PROT_WRITE = 2;
const MAP_SHARED = 1;
const FAILED = 0xffffffffffffffffn;
const SC_PAGESIZE = 30; // bits/confname.h

/** Memory that the kernel shares; after `unmap` nobody may look into it any more. */
export type SharedMemory = { memory: ArrayBuffer; unmap(): void };

/** A part of a BPF map's memory, in bytes. It is read only unless it is `writable`. */
type Range = { offset: number; length: number; writable?: boolean };

/** Bytes of a page of memory. */
export function pageSize(): number {
  return openLibc().declare<(name: number) => number>("long sysconf(int)")(SC_PAGESIZE);
}

/**
 * Maps a part of the BPF map behind `mapFd` into this process (mmap(2)).
 * @throws Problem `not-available` where memory cannot be mapped.
 */
export function mapShared(mapFd: number, { offset, length, writable }: Range): SharedMemory {
  const libc = openLibc();
  type Map = (at: null, length: number, protection: number, flags: number, fd: number, offset: number) => Pointer;
  const mmap = libc.declare<Map>("void* mmap(void*, size_t, int, int, int, int64_t)");
  const munmap = libc.declare<(at: Pointer, length: number) => number>("int munmap(void*, size_t)");
  const protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
  const pointer = mmap(null, length, protection, MAP_SHARED, mapFd, offset);
  if (pointer === FAILED) {
    throw new Problem("not-available", "The memory of a BPF map cannot be mapped.", {
      why: `mmap failed, errno ${lastErrno()}.`,
    });
  }
  return { memory: memoryAt(pointer, length), unmap: () => void munmap(pointer, length) };
}
