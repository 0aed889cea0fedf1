import { openLibc } from "../../ffi/libc.ts";
import { Problem } from "../../model/problem.ts";

/**
 * Gives memory back that was freed (malloc_trim(3)): loading the programs takes twenty megabytes for a moment, and so does a
 * burst of connections, and the C library keeps what it once had. Nothing happens where it has no such function.
 */
export function memoryTrimmer(): () => void {
  try {
    const trim = openLibc().declare<(pad: number) => number>("int malloc_trim(size_t)");
    return () => void trim(0);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return () => {};
  }
}
