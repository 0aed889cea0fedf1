import type { Ask, Island } from "./island.ts";
import { ADDRESS, avahi } from "./servers/avahi.ts";
import { chronyd } from "./servers/chronyd.ts";
import { coapServer } from "./servers/coap-server.ts";
import { gtlsserver } from "./servers/gtlsserver.ts";
import { ipmiSim } from "./servers/ipmi-sim.ts";
import { kamailio } from "./servers/kamailio.ts";
import { krb5kdc } from "./servers/krb5kdc.ts";
import { mariadb } from "./servers/mariadb.ts";
import { memcached } from "./servers/memcached.ts";
import { minissdpd } from "./servers/minissdpd.ts";
import { mosquitto } from "./servers/mosquitto.ts";
import { openvpn } from "./servers/openvpn.ts";
import { postgres } from "./servers/postgres.ts";
import { rabbitmq } from "./servers/rabbitmq.ts";
import { redis } from "./servers/redis.ts";
import { rpcbind } from "./servers/rpcbind.ts";
import { rsyncd } from "./servers/rsyncd.ts";
import { rtsp } from "./servers/rtsp.ts";
import { smbd } from "./servers/smbd.ts";
import { sshd } from "./servers/sshd.ts";
import { telnetd } from "./servers/telnetd.ts";
import { turnserver } from "./servers/turnserver.ts";
import { xrdp } from "./servers/xrdp.ts";
import { xvnc } from "./servers/xvnc.ts";

/** A server, Debian's package of it, and the questions whose replies are kept, by the name of the file. */
export type Recording = {
  start(island: Island): void | Promise<void>;
  package: string;
  replies: { [file: string]: Ask };
};

function tcp(protocol: string, port: number, more: Partial<Ask> = {}): Ask {
  return { protocol, transport: "tcp", port, ...more };
}

function udp(protocol: string, port: number, more: Partial<Ask> = {}): Ask {
  return { protocol, transport: "udp", port, ...more };
}

/** The servers of today's networks. */
export const TODAY: Recording[] = [
  { start: sshd, package: "openssh-server", replies: { "ssh-tcp-sshd": tcp("ssh", 22) } },
  { start: chronyd, package: "chrony", replies: { "ntp-udp-chronyd": udp("ntp", 123) } },
  { start: avahi, package: "avahi-daemon", replies: { "mdns-udp-avahi": udp("mdns", 5353, { address: ADDRESS }) } },
  { start: minissdpd, package: "minissdpd", replies: { "ssdp-udp-minissdpd": udp("ssdp", 1900) } },
  {
    start: turnserver,
    package: "coturn",
    replies: { "stun-udp-coturn": udp("stun", 3478), "stun-tcp-coturn": tcp("stun", 3478) },
  },
  { start: xrdp, package: "xrdp", replies: { "rdp-tcp-xrdp": tcp("rdp", 3389) } },
  {
    start: (island) => smbd(island, "SMB3"),
    package: "samba",
    replies: { "smb-tcp-smbd": tcp("smb", 445), "smb-netbios-tcp-smbd": tcp("smb-netbios", 139) },
  },
  {
    start: (island) => smbd(island, "NT1"),
    package: "samba",
    replies: { "smb-tcp-smbd-old": tcp("smb", 445) },
  },
  {
    start: (island) => postgres(island, true),
    package: "postgresql-15",
    replies: { "postgresql-tcp-encrypting": tcp("postgresql", 5432) },
  },
  {
    start: (island) => postgres(island, false),
    package: "postgresql-15",
    replies: { "postgresql-tcp-plain": tcp("postgresql", 5432) },
  },
  { start: mariadb, package: "mariadb-server-core", replies: { "mysql-tcp-mariadb": tcp("mysql", 3306) } },
  {
    start: (island) => redis(island),
    package: "redis-server",
    replies: {
      "redis-tcp-redis": tcp("redis", 6379),
      "redis-tcp-redis-protected": tcp("redis", 6379, { address: "192.0.2.23" }),
    },
  },
  {
    start: (island) => redis(island, "Pier-7"),
    package: "redis-server",
    replies: { "redis-tcp-redis-password": tcp("redis", 6379) },
  },
  {
    start: mosquitto,
    package: "mosquitto",
    replies: { "mqtt-tcp-mosquitto": tcp("mqtt", 1883), "mqtt-tcp-mosquitto-refusing": tcp("mqtt", 1884) },
  },
  {
    start: memcached,
    package: "memcached",
    replies: { "memcached-tcp-memcached": tcp("memcached", 11211), "memcached-udp-memcached": udp("memcached", 11211) },
  },
  { start: gtlsserver, package: "ngtcp2-server", replies: { "quic-udp-ngtcp2": udp("quic", 443) } },
  {
    start: krb5kdc,
    package: "krb5-kdc",
    replies: { "kerberos-udp-mit": udp("kerberos", 88), "kerberos-tcp-mit": tcp("kerberos", 88) },
  },
  {
    start: kamailio,
    package: "kamailio",
    replies: { "sip-udp-kamailio": udp("sip", 5060), "sip-tcp-kamailio": tcp("sip", 5060) },
  },
  { start: rtsp, package: "libgstrtspserver-1.0-0", replies: { "rtsp-tcp-gstreamer": tcp("rtsp", 554) } },
  { start: rabbitmq, package: "rabbitmq-server", replies: { "amqp-tcp-rabbitmq": tcp("amqp", 5672) } },
  {
    start: (island) => xvnc(island, "None"),
    package: "tigervnc-standalone-server",
    replies: { "vnc-tcp-tigervnc": tcp("vnc", 5900) },
  },
  { start: rsyncd, package: "rsync", replies: { "rsync-tcp-rsync": tcp("rsync", 873) } },
  { start: telnetd, package: "inetutils-telnetd", replies: { "telnet-tcp-inetutils": tcp("telnet", 23) } },
  {
    start: rpcbind,
    package: "rpcbind",
    replies: { "portmap-udp-rpcbind": udp("portmap", 111), "portmap-tcp-rpcbind": tcp("portmap", 111) },
  },
  { start: coapServer, package: "libcoap3-bin", replies: { "coap-udp-libcoap": udp("coap", 5683) } },
  {
    start: ipmiSim,
    package: "openipmi",
    replies: { "ipmi-udp-openipmi": udp("ipmi", 623), "ipmi-udp-openipmi-ping": udp("ipmi", 623, { only: 1 }) },
  },
  {
    start: (island) => openvpn(island, "udp"),
    package: "openvpn",
    replies: { "openvpn-udp-openvpn": udp("openvpn", 1194) },
  },
  {
    start: (island) => openvpn(island, "tcp-server"),
    package: "openvpn",
    replies: { "openvpn-tcp-openvpn": tcp("openvpn", 1194) },
  },
];
