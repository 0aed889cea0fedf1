import { type Library, openLibrary } from "./library.ts";

/**
 * The system's C library: glibc's name, musl's, and the plain one.
 * @throws Problem `not-available` where none is found.
 */
export function openLibc(): Library {
  return openLibrary(["libc.so.6", "libc.musl-x86_64.so.1", "libc.so"], "sudo apt-get install libc6");
}
