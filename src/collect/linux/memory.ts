import { openLibc } from "../../ffi/libc.ts";
import { Problem } from "../../model/problem.ts";

// Parameters of mallopt(3), from glibc's malloc.h.
const M_MMAP_THRESHOLD = -3;
const M_ARENA_MAX = -8;

/** In bytes: what is larger comes from the system and goes back to it at once. */
const LARGE = 256 << 10;

/**
 * Makes this process, which is going to run for long, thrifty with memory, and answers what gives back to the system what
 * is free by now (malloc_trim(3)). Loading the programs takes twenty megabytes for a moment, and so does a burst of
 * connections; the C library would keep them, above all what another thread once had. Elsewhere than in glibc nothing
 * happens.
 */
export function thriftyMemory(): () => void {
  try {
    const libc = openLibc();
    const option = libc.declare<(parameter: number, value: number) => number>("int mallopt(int, int)");
    const trim = libc.declare<(pad: number) => number>("int malloc_trim(size_t)");
    option(M_ARENA_MAX, 1);
    option(M_MMAP_THRESHOLD, LARGE);
    return () => void trim(0);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return () => {};
  }
}
