import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** rpcbind, with nothing but itself in its list. */
export function rpcbind(island: Island): void {
  // What it remembers has a fixed place below /run.
  const before = "mount -t tmpfs tmpfs /run\nmkdir -p /run/rpcbind";
  island.start([program("rpcbind"), "-f"], before);
}
