// Writes the replies of real servers that the tests of the parsers read: all of them, or those named.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { release } from "node:os";
import { join } from "node:path";
import { program } from "../machine.ts";
import { type Ask, Island } from "./island.ts";
import { type Recording, TODAY } from "./recordings.ts";
import { charon, port as charonPort } from "./servers/charon.ts";
import { dnsmasq } from "./servers/dnsmasq.ts";
import { dovecot } from "./servers/dovecot.ts";
import { named } from "./servers/named.ts";
import { nginx } from "./servers/nginx.ts";
import { nmbd } from "./servers/nmbd.ts";
import { postfix } from "./servers/postfix.ts";
import { samba } from "./servers/samba.ts";
import { slapd } from "./servers/slapd.ts";
import { community, snmpd } from "./servers/snmpd.ts";
import { tftpd } from "./servers/tftpd.ts";
import { vsftpd } from "./servers/vsftpd.ts";
import { xl2tpd } from "./servers/xl2tpd.ts";

const SERVERS: Recording[] = [
  ...TODAY,
  {
    start: named,
    package: "bind9",
    replies: {
      "dns-udp-named": { protocol: "dns", transport: "udp", port: 53 },
      "dns-tcp-named": { protocol: "dns", transport: "tcp", port: 53 },
    },
  },
  {
    start: dnsmasq,
    package: "dnsmasq-base",
    replies: { "dns-udp-dnsmasq": { protocol: "dns", transport: "udp", port: 53 } },
  },
  {
    start: vsftpd,
    package: "vsftpd",
    replies: { "ftp-tcp-vsftpd": { protocol: "ftp", transport: "tcp", port: 21 } },
  },
  {
    start: nginx,
    package: "nginx-light",
    replies: {
      "http-tcp-nginx": { protocol: "http", transport: "tcp", port: 80 },
      "http-tcp-nginx-elsewhere": { protocol: "http", transport: "tcp", port: 8080 },
    },
  },
  {
    start: dovecot,
    package: "dovecot-core",
    replies: {
      "imap-tcp-dovecot": { protocol: "imap", transport: "tcp", port: 143 },
      "pop3-tcp-dovecot": { protocol: "pop3", transport: "tcp", port: 110 },
    },
  },
  {
    start: postfix,
    package: "postfix",
    replies: { "smtp-tcp-postfix": { protocol: "smtp", transport: "tcp", port: 25 } },
  },
  {
    start: slapd,
    package: "slapd",
    replies: { "ldap-tcp-slapd": { protocol: "ldap", transport: "tcp", port: 389 } },
  },
  {
    start: samba,
    package: "samba-ad-dc",
    replies: {
      "ldap-tcp-samba": { protocol: "ldap", transport: "tcp", port: 389 },
      "ldap-udp-samba": { protocol: "ldap", transport: "udp", port: 389 },
      "rpc-tcp-samba": { protocol: "rpc", transport: "tcp", port: 135 },
    },
  },
  {
    start: nmbd,
    package: "samba",
    replies: { "netbios-udp-nmbd": { protocol: "netbios", transport: "udp", port: 137, address: "192.0.2.23" } },
  },
  {
    start: snmpd,
    package: "snmpd",
    replies: {
      "snmp-udp-snmpd": { protocol: "snmp", transport: "udp", port: 161, community },
      "snmp-udp-snmpd-v1": { protocol: "snmp", transport: "udp", port: 161, community, only: 1 },
      "snmp-udp-snmpd-stranger": { protocol: "snmp", transport: "udp", port: 161 },
    },
  },
  {
    start: tftpd,
    package: "tftpd-hpa",
    replies: { "tftp-udp-tftpd": { protocol: "tftp", transport: "udp", port: 69 } },
  },
  {
    start: xl2tpd,
    package: "xl2tpd",
    replies: { "l2tp-udp-xl2tpd": { protocol: "l2tp", transport: "udp", port: 1701 } },
  },
  {
    start: (island) => charon(island, ["ikev2", "ikev1"]),
    package: "strongswan-charon",
    replies: {
      "isakmp-udp-charon": { protocol: "isakmp", transport: "udp", port: charonPort },
      "isakmp-udp-charon-ikev1": { protocol: "isakmp", transport: "udp", port: charonPort, only: 1 },
    },
  },
  {
    start: (island) => charon(island, ["ikev1"]),
    package: "strongswan-charon",
    replies: { "isakmp-udp-charon-refusing": { protocol: "isakmp", transport: "udp", port: charonPort } },
  },
];

const OTHER_KERNEL = "6.1.0-23-amd64";

const wanted = process.argv.slice(2);
for (const server of SERVERS) {
  const files = Object.entries(server.replies).filter(([file]) => wanted.length === 0 || wanted.includes(file));
  if (files.length === 0) continue;
  const island = new Island();
  try {
    await server.start(island);
    for (const [file, ask] of files) write(file, server.package, ask, (await island.ask(ask)).replies);
  } finally {
    await island.sink();
  }
}

/** One block of hexadecimal for each reply, below what it is. */
function write(file: string, name: string, { protocol, transport }: Ask, replies: string[]): void {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own format, not a template of ours
  const version = execFileSync(program("dpkg-query"), ["-W", "-f", "${Version}", name], { encoding: "utf8" });
  const head = `# What ${name} ${version} says to ${protocol} over ${transport}; written by test/live/probe/record.ts.`;
  const blocks = replies.map((reply) => nowhere(reply).replace(/.{96}(?=.)/g, "$&\n"));
  const path = join(import.meta.dirname, "../../probe/protocols/recorded", `${file}.hex`);
  writeFileSync(path, `${[head, ...blocks].join("\n\n")}\n`);
  process.stdout.write(`${file}: ${replies.length} replies\n`);
}

/** The reply as a machine with another kernel would have given it: which one it was recorded on is nobody's business. */
function nowhere(reply: string): string {
  const [ours, another] = [release(), OTHER_KERNEL.padEnd(release().length, "0").slice(0, release().length)];
  return reply.replaceAll(Buffer.from(ours).toString("hex"), Buffer.from(another).toString("hex"));
}
