import { writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** The community that the agent lets read. */
export const community = "harbour watch";

/** The agent of Net-SNMP, with a description, a name, a place and a person of its own. */
export function snmpd(island: Island): void {
  const { stage } = island;
  const settings = [
    `rocommunity "${community}" 127.0.0.1`,
    ...["sysDescr Harbour light", "sysName light.harbour.test", "sysLocation Pier 7", "sysContact keeper@harbour.test"],
    "sysObjectID 1.3.6.1.4.1.8072.3.2.10",
    "engineID harbour",
  ];
  writeFileSync(stage.path("snmpd.conf"), `${settings.join("\n")}\n`);
  // What the agent remembers, it keeps in the test's own folder (snmpd(8), snmp_config(5)).
  const environment = { SNMP_PERSISTENT_DIR: stage.path("kept") };
  const words = ["-f", "-Le", "-C", "-c", stage.path("snmpd.conf"), "-I", "-smux", "udp:127.0.0.1:161"];
  island.start([program("snmpd"), ...words], "", environment);
}
