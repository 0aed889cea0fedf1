import { writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** chrony, which has no source of time and is its own, far from any good one; it leaves the machine's clock alone (-x). */
export function chronyd(island: Island): void {
  const { stage } = island;
  const lines = [
    "local stratum 7",
    "allow 127.0.0.0/8",
    "cmdport 0",
    "bindcmdaddress /",
    `pidfile ${stage.path("pid")}`,
  ];
  writeFileSync(stage.path("chrony.conf"), `${lines.join("\n")}\n`);
  island.start([program("chronyd"), "-d", "-x", "-u", "root", "-f", stage.path("chrony.conf")]);
}
