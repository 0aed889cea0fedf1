import type { Protocol } from "../../model/endpoint.ts";

/** What `query NAME` asks in the interactive mode (Microsoft Learn, "Using the PortQry command-line tool"). */
export type Shortcut = { protocols: readonly Protocol[]; ports: readonly number[] };

const TCP: readonly Protocol[] = ["tcp"];
const UDP: readonly Protocol[] = ["udp"];
const BOTH: readonly Protocol[] = ["tcp", "udp"];

export const SHORTCUTS: { readonly [name: string]: readonly Shortcut[] } = {
  dns: [{ protocols: BOTH, ports: [53] }],
  ftp: [{ protocols: TCP, ports: [21] }],
  imap: [{ protocols: TCP, ports: [143] }],
  ipsec: [{ protocols: UDP, ports: [500] }],
  isa: [{ protocols: BOTH, ports: [1745] }],
  ldap: [{ protocols: BOTH, ports: [389] }],
  l2tp: [{ protocols: UDP, ports: [1701] }],
  mail: [{ protocols: TCP, ports: [25, 110, 143] }],
  pop3: [{ protocols: TCP, ports: [110] }],
  rpc: [{ protocols: BOTH, ports: [135] }],
  smtp: [{ protocols: TCP, ports: [25] }],
  snmp: [{ protocols: UDP, ports: [161] }],
  sql: [
    { protocols: TCP, ports: [1433] },
    { protocols: UDP, ports: [1434] },
  ],
  tftp: [{ protocols: UDP, ports: [69] }],
};
