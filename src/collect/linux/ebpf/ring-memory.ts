import { lastErrno } from "../../../ffi/errno.ts";
import { openLibc } from "../../../ffi/libc.ts";
import type { Pointer } from "../../../ffi/library.ts";
import { memoryAt } from "../../../ffi/memory.ts";
import { Problem } from "../../../model/problem.ts";
import type { RingMemory } from "./ring.ts";

/** include/uapi/asm-generic/mman-common.h, mman.h */
const PROT_READ = 1;
const PROT_WRITE = 2;
const MAP_SHARED = 1;
const FAILED = 0xffffffffffffffffn;
const SC_PAGESIZE = 30; // bits/confname.h

/** A ring that is mapped; after `unmap` nobody may look into it any more. */
export type MappedRing = RingMemory & { unmap(): void };

/**
 * Maps the ring behind `mapFd` (`size` bytes of data) into this process.
 * @throws Problem `not-available` where memory cannot be mapped.
 */
export function mapRing(mapFd: number, size: number): MappedRing {
  const libc = openLibc();
  type Map = (at: null, length: number, protection: number, flags: number, fd: number, offset: number) => Pointer;
  const mmap = libc.declare<Map>("void* mmap(void*, size_t, int, int, int, int64_t)");
  const page = libc.declare<(name: number) => number>("long sysconf(int)")(SC_PAGESIZE);
  const munmap = libc.declare<(at: Pointer, length: number) => number>("int munmap(void*, size_t)");
  const mapped: { pointer: Pointer; length: number }[] = [];
  const map = (length: number, protection: number, offset: number): ArrayBuffer => {
    const pointer = mmap(null, length, protection, MAP_SHARED, mapFd, offset);
    if (pointer === FAILED) {
      throw new Problem("not-available", "The BPF ring cannot be mapped.", {
        why: `mmap failed, errno ${lastErrno()}.`,
      });
    }
    mapped.push({ pointer, length });
    return memoryAt(pointer, length);
  };
  const consumer = map(page, PROT_READ | PROT_WRITE, 0);
  const shared = map(page + 2 * size, PROT_READ, page);
  return {
    consumer: new BigUint64Array(consumer, 0, 1),
    producer: new BigUint64Array(shared, 0, 1),
    data: new DataView(shared, page, 2 * size),
    bytes: new Uint8Array(shared, page, 2 * size),
    unmap() {
      for (const { pointer, length } of mapped.splice(0)) munmap(pointer, length);
    },
  };
}
