import type { Answer, DecodedPacket } from "dns-packet";
import type { FieldValue } from "../../protocol.ts";
import { hex, printable, shown } from "../wire/text.ts";

/** More records of a section are counted, and not shown. */
const MOST_RECORDS = 64;
/** The parts of one record that are shown, and how deep they lie. */
const MOST_PARTS = 32;
const DEEPEST = 3;

/** RCODEs without EDNS (RFC 6895 section 2.3). */
const RCODES = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET"];

/** What a reply says, as fields: its result, its flags, and its records. */
export function dnsFields(packet: DecodedPacket): { [name: string]: FieldValue } {
  const rcode = (packet.flags ?? 0) & 0xf;
  const { answers = [], authorities = [], additionals = [] } = packet;
  return {
    rcode: RCODES[rcode] ?? `RCODE${rcode}`,
    authoritative: packet.flag_aa,
    recursion: packet.flag_ra,
    truncated: packet.flag_tc,
    answers: answers.slice(0, MOST_RECORDS).map(record),
    answerCount: answers.length,
    authorityCount: authorities.length,
    additionalCount: additionals.length,
  };
}

function record(answer: Answer): FieldValue {
  const { name, type } = answer;
  const rest = answer.type === "OPT" ? {} : { ttl: answer.ttl ?? 0, data: value(answer.data, DEEPEST) };
  return { name: shown(name), type: shown(type), ...rest };
}

/** What the library makes of a record's data: text, numbers, bytes, lists and objects of them. */
function value(data: unknown, depth: number): FieldValue {
  if (typeof data === "string") return shown(data);
  if (typeof data === "number" || typeof data === "boolean") return data;
  if (data instanceof Uint8Array) return hex(data);
  if (typeof data !== "object" || data === null || depth === 0) return "";
  // Lists of bytes are the strings of a TXT record (RFC 1035 section 3.3.14).
  if (Array.isArray(data))
    return data
      .slice(0, MOST_PARTS)
      .map((part) => (part instanceof Uint8Array ? printable(part) : value(part, depth - 1)));
  return Object.fromEntries(Object.entries(data).map(([name, part]) => [name, value(part, depth - 1)]));
}
