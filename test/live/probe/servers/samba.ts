import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { program } from "../../machine.ts";
import { type Island, OWN } from "../island.ts";

/** What the domain and its controller are called. */
export const names = { realm: "HARBOUR.TEST", domain: "HARBOUR", host: "QUAY" };

/**
 * Samba as a domain controller of its own domain: the endpoint mapper, LDAP over TCP and over UDP, and the NetBIOS name
 * service. It takes some seconds to make the domain.
 */
export async function samba(island: Island): Promise<void> {
  const folder = island.stage.path("domain");
  const domain = [`--realm=${names.realm}`, `--domain=${names.domain}`, `--host-name=${names.host.toLowerCase()}`];
  const more = [`--host-ip=${OWN}`, "--server-role=dc", "--dns-backend=NONE", "--adminpass=Pier-7-Quay-23", "--quiet"];
  const words = ["domain", "provision", `--targetdir=${folder}`, ...domain, ...more];
  await promisify(execFile)(program("samba-tool"), words);
  const options = {
    ...{
      "server services": "rpc nbt ldap cldap kdc",
      interfaces: `127.0.0.1/8 ${OWN}/24`,
      "bind interfaces only": "yes",
    },
    ...{ "log file": `${folder}/log`, "pid directory": folder, "ncalrpc dir": `${folder}/ncalrpc` },
  };
  const settings = Object.entries(options).map(([name, value]) => `--option=${name}=${value}`);
  const config = `--configfile=${folder}/etc/smb.conf`;
  island.start([program("samba"), "--foreground", "--no-process-group", "--model=single", config, ...settings]);
}
