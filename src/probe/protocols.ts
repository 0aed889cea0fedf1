import type { ProbeProtocol } from "./protocol.ts";
import { dns } from "./protocols/dns.ts";
import { ftp, ftps } from "./protocols/ftp.ts";
import { http } from "./protocols/http.ts";
import { imap, imaps } from "./protocols/imap.ts";
import { isa } from "./protocols/isa.ts";
import { isakmp } from "./protocols/isakmp.ts";
import { l2tp } from "./protocols/l2tp.ts";
import { ldap, ldaps } from "./protocols/ldap.ts";
import { netbios } from "./protocols/netbios.ts";
import { pop3, pop3s } from "./protocols/pop3.ts";
import { rpc } from "./protocols/rpc.ts";
import { smtp, smtps } from "./protocols/smtp.ts";
import { snmp } from "./protocols/snmp.ts";
import { sql } from "./protocols/sql.ts";
import { tftp } from "./protocols/tftp.ts";

/**
 * Every protocol that a probe speaks; of two that claim a service or a port, the first is asked. A new one is a file in
 * `protocols/` and its line here. The engine loads this list when the first port wants a probe, and not before.
 */
export const PROTOCOLS: readonly ProbeProtocol[] = [
  ...[dns, ftp, ftps, http, imap, imaps, isa, isakmp, l2tp, ldap, ldaps],
  ...[netbios, pop3, pop3s, rpc, smtp, smtps, snmp, sql, tftp],
];
