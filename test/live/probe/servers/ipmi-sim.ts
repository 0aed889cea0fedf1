import { mkdirSync, writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** The controller that OpenIPMI simulates; administrators come in with a password, or its MD5. */
export function ipmiSim(island: Island): void {
  const { stage } = island;
  mkdirSync(stage.path("state"));
  writeFileSync(
    stage.path("lan.conf"),
    `name "harbour"
set_working_mc 0x20
  startlan 1
    addr 127.0.0.1 623
    priv_limit admin
    allowed_auths_callback none md2 md5 straight
    allowed_auths_user md5 straight
    allowed_auths_operator md5 straight
    allowed_auths_admin md5 straight
    guid a123456789abcdefa123456789abcdef
  endlan
  user 1 true "" "test" user 10 none md5 straight
  user 2 true "keeper" "Pier-7" admin 10 md5 straight
`,
  );
  writeFileSync(
    stage.path("commands"),
    "mc_setbmc 0x20\nmc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02\nmc_enable 0x20\n",
  );
  const files = ["-c", stage.path("lan.conf"), "-f", stage.path("commands"), "-s", stage.path("state")];
  island.start([program("ipmi_sim"), ...files, "--nostdio"]);
}
