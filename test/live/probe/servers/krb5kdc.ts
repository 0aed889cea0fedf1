import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

export const REALM = "HARBOUR.TEST";

/** MIT's KDC with an empty database of its own realm. */
export function krb5kdc(island: Island): void {
  const { stage } = island;
  const [client, server] = [stage.path("krb5.conf"), stage.path("kdc.conf")];
  writeFileSync(client, `[libdefaults]\ndefault_realm = ${REALM}\n[realms]\n${REALM} = {\n}\n`);
  writeFileSync(
    server,
    `[kdcdefaults]
kdc_listen = 127.0.0.1:88
kdc_tcp_listen = 127.0.0.1:88
[realms]
${REALM} = {
  database_name = ${stage.path("principal")}
  key_stash_file = ${stage.path("stash")}
  acl_file = ${stage.path("acl")}
}
[logging]
kdc = STDERR
`,
  );
  const environment = { KRB5_CONFIG: client, KRB5_KDC_PROFILE: server };
  const words = ["-r", REALM, "create", "-s", "-P", "Pier-7-Quay-23"];
  execFileSync(program("kdb5_util"), words, { env: { ...process.env, ...environment }, stdio: "ignore" });
  island.start([program("krb5kdc"), "-n", "-r", REALM, "-P", stage.path("pid")], "", environment);
}
