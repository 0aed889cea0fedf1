import { writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** xl2tpd, which takes tunnels from whoever comes. */
export function xl2tpd(island: Island): void {
  const { stage } = island;
  const lines = [
    "[global]",
    "port = 1701",
    "listen-addr = 127.0.0.1",
    "[lns default]",
    "ip range = 192.0.2.2-192.0.2.9",
  ];
  const more = ["local ip = 192.0.2.1", "hostname = harbour"];
  writeFileSync(stage.path("xl2tpd.conf"), `${[...lines, ...more].join("\n")}\n`);
  const files = ["-c", stage.path("xl2tpd.conf"), "-s", stage.path("secrets"), "-p", stage.path("pid")];
  const control = ["-C", stage.path("control")];
  writeFileSync(stage.path("secrets"), "");
  island.start([program("xl2tpd"), "-D", ...files, ...control]);
}
