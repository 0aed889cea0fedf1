import { mkdirSync, writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** The daemon of rsync with two modules, one of which it does not list, and a message of the day. */
export function rsyncd(island: Island): void {
  const { stage } = island;
  for (const name of ["charts", "logs"]) mkdirSync(stage.path(name));
  writeFileSync(stage.path("motd"), "Welcome to the harbour.\n");
  writeFileSync(
    stage.path("rsyncd.conf"),
    `address = 127.0.0.1
motd file = ${stage.path("motd")}
use chroot = no
[charts]
  path = ${stage.path("charts")}
  comment = Charts of the coast
[logs]
  path = ${stage.path("logs")}
  list = no
`,
  );
  island.start([program("rsync"), "--daemon", "--no-detach", `--config=${stage.path("rsyncd.conf")}`]);
}
