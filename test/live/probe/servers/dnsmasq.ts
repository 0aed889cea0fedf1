import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** dnsmasq without anybody to forward to: it refuses what it does not know. */
export function dnsmasq(island: Island): void {
  island.start([
    program("dnsmasq"),
    ...["--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--user=root"],
    `--pid-file=${island.stage.path("pid")}`,
  ]);
}
