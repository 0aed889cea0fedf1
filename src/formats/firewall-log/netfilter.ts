import { canonicalAddress, isGroupAddress } from "../../model/canonical-address.ts";
import type { LoggedEnd, LoggedPacket } from "../../model/logged-packet.ts";
import { readLogTime } from "./log-time.ts";
import { readPort } from "./port.ts";

/** Longest prefix of a rule, in bytes (NF_LOG_PREFIXLEN), and how much of it is kept. */
const LONGEST_PREFIX = 127;
const LONGEST_LABEL = 64;

/** Where the fields begin. A rule's prefix may lack the blank at its end, so that it runs into the first of them. */
const INTERFACES = /IN=\S{0,32} OUT=/;
const ANY_FIELD = /(?<![A-Za-z])(?:SRC|DST|PROTO|SPT|DPT)=/;

/** Link-layer destinations that several machines take: broadcast, and multicast of IPv4 and IPv6 (RFC 1112, RFC 2464). */
const GROUP_MAC = /^(?:ff:ff:ff:ff:ff:ff|01:00:5e|33:33)/i;

/**
 * A line that the kernel writes for LOG of iptables, `log` of nftables, ufw and firewalld (net/netfilter/nf_log_syslog.c):
 * `IN=eth0 OUT= MAC=… SRC=… DST=… LEN=… PROTO=TCP SPT=… DPT=… … SYN …`, or the fields SRC, DST, PROTO, SPT and DPT in any
 * order. Of an ICMP error that quotes a packet, the packet that it is about. Undefined for anything else.
 */
export function readNetfilter(text: string): LoggedPacket | undefined {
  const start = text.search(INTERFACES);
  const begin = start === -1 ? text.search(ANY_FIELD) : start;
  if (begin === -1) return undefined;
  const { fields, quoted } = readFields(text.slice(begin));
  const about = packetOf(fields);
  if (about === undefined) return undefined;
  const { time, rest, machine } = readLogTime(text.slice(0, begin));
  const label = labelOf(rest, machine);
  return {
    ...(time !== undefined && { time }),
    ...(label !== "" && { label }),
    ...((about.protocol.startsWith("icmp") && packetOf(quoted)) || about),
    way: wayOf(fields),
    ...((isGroupAddress(about.destination.address) || GROUP_MAC.test(fields.get("MAC") ?? "")) && { group: true }),
  };
}

type Fields = Map<string, string>;

/** `NAME=VALUE` and bare flags, the first of each name. An ICMP error quotes a packet in brackets. */
function readFields(text: string): { fields: Fields; quoted: Fields } {
  const fields: Fields = new Map();
  const quoted: Fields = new Map();
  let into = fields;
  for (const word of text.split(" ")) {
    if (word.startsWith("[SRC=")) into = quoted;
    const plain = word.replace(/^\[/, "").replace(/\]$/, "");
    const equals = plain.indexOf("=");
    const name = equals === -1 ? plain : plain.slice(0, equals);
    if (!into.has(name)) into.set(name, equals === -1 ? "" : plain.slice(equals + 1));
  }
  return { fields, quoted };
}

type Ends = Pick<LoggedPacket, "protocol" | "source" | "destination" | "handshake">;

function packetOf(fields: Fields): Ends | undefined {
  const source = endOf(fields, "SRC", "SPT");
  const destination = endOf(fields, "DST", "DPT");
  const protocol = protocolOf(fields.get("PROTO"));
  if (source === undefined || destination === undefined || protocol === undefined) return undefined;
  const opens = protocol === "tcp" && fields.has("SYN");
  return { protocol, source, destination, ...(opens && { handshake: fields.has("ACK") ? "answers" : "asks" }) };
}

function endOf(fields: Fields, address: string, port: string): LoggedEnd | undefined {
  const canonical = canonicalAddress(fields.get(address) ?? "");
  if (canonical === undefined) return undefined;
  const number = readPort(fields.get(port));
  return { address: canonical, ...(number !== undefined && { port: number }) };
}

/** Assigned numbers of the two that matter (IANA, Protocol Numbers); people who type a line write either. */
const NUMBERS: Record<string, string> = { "6": "tcp", "17": "udp" };

function protocolOf(text: string | undefined): string | undefined {
  if (text === undefined || !/^[A-Za-z0-9]{1,10}$/.test(text)) return undefined;
  return NUMBERS[text] ?? text.toLowerCase();
}

function wayOf(fields: Fields): LoggedPacket["way"] {
  const [into, out] = [fields.get("IN") ?? "", fields.get("OUT") ?? ""];
  if (into !== "" && out !== "") return "through";
  return into !== "" ? "in" : out !== "" ? "out" : "unknown";
}

/** What the rule writes in front, without the names of the machine and the program that syslog puts there. */
function labelOf(text: string, machine: boolean): string {
  return (machine ? text.replace(/^ *\S+/, "") : text)
    .replace(/^ *kernel(?:\[\d+\])?(?::| - - -)/, "")
    .replace(/^ *\[ *\d+\.\d+\]/, "")
    .slice(0, LONGEST_PREFIX + 1)
    .replace(/^[\s[]+|[\s:\]]+$/g, "")
    .slice(0, LONGEST_LABEL);
}
