import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** memcached over TCP and over UDP, which it is off by default. */
export function memcached(island: Island): void {
  island.start([program("memcached"), "-l", "127.0.0.1", "-p", "11211", "-U", "11211", "-u", "nobody", "-m", "23"]);
}
