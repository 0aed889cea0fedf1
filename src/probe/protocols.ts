import type { ProbeProtocol } from "./protocol.ts";
import { amqp, amqps } from "./protocols/amqp.ts";
import { banner } from "./protocols/banner.ts";
import { coap } from "./protocols/coap.ts";
import { dns, dnsOverTls } from "./protocols/dns.ts";
import { ftp, ftps } from "./protocols/ftp.ts";
import { http } from "./protocols/http.ts";
import { https } from "./protocols/https.ts";
import { imap, imaps } from "./protocols/imap.ts";
import { ipmi } from "./protocols/ipmi.ts";
import { isa } from "./protocols/isa.ts";
import { isakmp } from "./protocols/isakmp.ts";
import { kerberos } from "./protocols/kerberos.ts";
import { l2tp } from "./protocols/l2tp.ts";
import { ldap, ldaps } from "./protocols/ldap.ts";
import { mdns } from "./protocols/mdns.ts";
import { memcached } from "./protocols/memcached.ts";
import { mongodb } from "./protocols/mongodb.ts";
import { mqtt, mqtts } from "./protocols/mqtt.ts";
import { mysql } from "./protocols/mysql.ts";
import { netbios } from "./protocols/netbios.ts";
import { ntp } from "./protocols/ntp.ts";
import { openvpn } from "./protocols/openvpn.ts";
import { pop3, pop3s } from "./protocols/pop3.ts";
import { portmap } from "./protocols/portmap.ts";
import { postgresql } from "./protocols/postgresql.ts";
import { quic } from "./protocols/quic.ts";
import { rdp } from "./protocols/rdp.ts";
import { redis } from "./protocols/redis.ts";
import { rpc } from "./protocols/rpc.ts";
import { rsync } from "./protocols/rsync.ts";
import { rtsp } from "./protocols/rtsp.ts";
import { sip, sips } from "./protocols/sip.ts";
import { smb, smbOverNetbios } from "./protocols/smb.ts";
import { smtp, smtps } from "./protocols/smtp.ts";
import { snmp } from "./protocols/snmp.ts";
import { sql } from "./protocols/sql.ts";
import { ssdp } from "./protocols/ssdp.ts";
import { ssh } from "./protocols/ssh.ts";
import { stun, stuns } from "./protocols/stun.ts";
import { tds } from "./protocols/tds.ts";
import { telnet } from "./protocols/telnet.ts";
import { tftp } from "./protocols/tftp.ts";
import { vnc } from "./protocols/vnc.ts";
import { wireguard } from "./protocols/wireguard.ts";

/**
 * Every protocol that a probe speaks; of two that claim a service or a port, the first is asked. A new one is a file in
 * `protocols/` and its line here. The engine loads this list when the first port wants a probe, and not before.
 */
export const PROTOCOLS: readonly ProbeProtocol[] = [
  ...[amqp, amqps, coap, dns, dnsOverTls, ftp, ftps, http, https, imap, imaps, ipmi],
  ...[isa, isakmp, kerberos, l2tp, ldap, ldaps, mdns, memcached, mongodb, mqtt, mqtts],
  ...[mysql, netbios, ntp, openvpn, pop3, pop3s, portmap, postgresql, quic, rdp, redis],
  ...[rpc, rsync, rtsp, sip, sips, smb, smbOverNetbios, smtp, smtps, snmp, sql],
  ...[ssdp, ssh, stun, stuns, tds, telnet, tftp, vnc, wireguard],
  banner,
];
