import koffi from "koffi";
import type { Pointer } from "./library.ts";

/** The `length` bytes at `pointer`, not copied: valid only as long as the memory behind it is. */
export function memoryAt(pointer: Pointer, length: number): ArrayBuffer {
  return koffi.view(pointer, length);
}

/** The address of a buffer's first byte, for a structure that holds a pointer. The caller keeps the buffer alive. */
export function addressOf(buffer: Uint8Array): Pointer {
  return koffi.address(buffer);
}
