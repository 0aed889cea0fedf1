import { mkdirSync, writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** The naming contexts of the server. */
export const contexts = ["dc=harbour,dc=test", "dc=pier,dc=test"];

/** OpenLDAP's slapd with two directories that hold nothing. */
export function slapd(island: Island): void {
  const { stage } = island;
  const databases = contexts.map((suffix, i) => {
    const folder = stage.path(`data-${i}`);
    mkdirSync(folder);
    return `database mdb\nsuffix "${suffix}"\ndirectory ${folder}\nmaxsize 10485760\n`;
  });
  const start = ["include /etc/ldap/schema/core.schema", "modulepath /usr/lib/ldap", "moduleload back_mdb"];
  writeFileSync(stage.path("slapd.conf"), `${start.join("\n")}\npidfile ${stage.path("pid")}\n${databases.join("")}`);
  const words = ["-f", stage.path("slapd.conf"), "-h", "ldap://127.0.0.1:389"];
  // -d keeps it in the foreground.
  island.start([program("slapd"), "-d", "0", ...words]);
}
