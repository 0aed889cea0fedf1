import type { FieldValue, ProbeAnswer } from "../../protocol.ts";
import { type Element, Elements, INTEGER, OCTETS, OID, SEQUENCE } from "../wire/ber.ts";
import { buffer } from "../wire/bytes.ts";
import { hex, printableLines } from "../wire/text.ts";
import { SYSTEM } from "./request.ts";

/** Response-PDU and Report-PDU (RFC 3416 section 3). */
const [RESPONSE, REPORT] = [0xa2, 0xa8];
const TIME_TICKS = 0x43;

/** DisplayString has up to 255 characters (RFC 2579); some agents send more. */
const LONGEST = 1024;

/** Errors of version 1 (RFC 1157 section 4.1.1), and the ones of 3416 that a GET meets. */
const ERRORS: { [status: number]: string } = {
  1: "tooBig",
  2: "noSuchName",
  5: "genErr",
  6: "noAccess",
  16: "authorizationError",
};

/** Reads a reply of any version to the question `id`; undefined for what is none. */
export function readReply(datagram: Uint8Array, id: number): ProbeAnswer | undefined {
  const message = new Elements(datagram).next(SEQUENCE).inside();
  const version = message.next(INTEGER).integer();
  if (version === 3) return engine(message, id);
  if (version !== 0 && version !== 1) return undefined;
  // The community.
  message.next(OCTETS);
  const response = message.next(RESPONSE).inside();
  if (response.next(INTEGER).integer() !== id) return undefined;
  const status = response.next(INTEGER).integer();
  // Which value the error is about.
  response.next(INTEGER);
  const fields: { [name: string]: FieldValue } = { version: version === 0 ? "1" : "2c" };
  if (status !== 0) fields.error = ERRORS[status] ?? `status ${status}`;
  return { protocol: "snmp", fields: { ...fields, ...values(response.next(SEQUENCE).inside()) } };
}

/** The values that were asked for and are there; the time since the start in seconds. */
function values(list: Elements): { [name: string]: FieldValue } {
  const found: { [name: string]: FieldValue } = {};
  while (list.left > 0) {
    const binding = list.next(SEQUENCE).inside();
    const oid = binding.next(OID).oid();
    const name = Object.keys(SYSTEM).find((field) => SYSTEM[field] === oid);
    const value = binding.next();
    if (name !== undefined) Object.assign(found, named(name, value));
  }
  return found;
}

function named(name: string, value: Element): { [name: string]: FieldValue } {
  // A description of several lines is shown as one.
  if (value.tag === OCTETS) return { [name]: printableLines(value.content, LONGEST).replaceAll("\n", " ") };
  if (value.tag === OID) return { [name]: value.oid() };
  // TimeTicks are hundredths of a second (RFC 2578 section 7.1.8).
  if (value.tag === TIME_TICKS) return { [`${name}Seconds`]: value.unsigned() / 100 };
  // Null, or one of the exceptions of version 2: not there.
  return {};
}

/** Version 3: the engine that reports, whose id starts with its maker's number (RFC 3411 section 5). */
function engine(message: Elements, id: number): ProbeAnswer | undefined {
  if (message.next(SEQUENCE).inside().next(INTEGER).integer() !== id) return undefined;
  const security = new Elements(message.next(OCTETS).content).next(SEQUENCE).inside();
  const engineId = security.next(OCTETS).content;
  const boots = security.next(INTEGER).unsigned();
  const time = security.next(INTEGER).unsigned();
  const scoped = message.next(SEQUENCE).inside();
  scoped.next(OCTETS);
  scoped.next(OCTETS);
  if (scoped.next().tag !== REPORT) return undefined;
  const enterprise = engineId.length < 4 ? undefined : buffer(engineId).readUInt32BE() & 0x7fffffff;
  return {
    protocol: "snmp",
    fields: {
      version: "3",
      engineId: hex(engineId),
      ...(enterprise !== undefined && { enterprise }),
      engineBoots: boots,
      engineSeconds: time,
    },
  };
}
