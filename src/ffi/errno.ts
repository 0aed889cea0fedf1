import { getSystemErrorName } from "node:util";
import koffi from "koffi";

/** errno of the last foreign call on this thread; ask at once. */
export function lastErrno(): number {
  return koffi.errno();
}

/** The name of an errno, e.g. `EADDRINUSE` for 98; `errno 999` for one that the system does not name. */
export function errnoName(errno: number): string {
  const name = errno > 0 ? getSystemErrorName(-errno) : "";
  return name.startsWith("E") ? name : `errno ${errno}`;
}
