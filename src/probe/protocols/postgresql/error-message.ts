import type { FieldValue } from "../../protocol.ts";
import { buffer } from "../wire/bytes.ts";
import { printable, shown } from "../wire/text.ts";

type Fields = { [name: string]: FieldValue };

const ERROR = 0x45;
const HEADER = 5;
/** A longer message is none that a server sends to a stranger. */
const LONGEST = 8192;
/** An error has not so many fields. */
const MOST_FIELDS = 32;

/** The fields of an error ("Error and Notice Message Fields") that are told, and their names here; V is S, untranslated. */
const TOLD: { [type: string]: string } = {
  S: "severity",
  V: "severity",
  C: "code",
  M: "message",
  D: "detail",
  H: "hint",
};

/** Reads an ErrorResponse; one of the protocol before version 3 is text up to a NUL. */
export function errorMessage(received: Uint8Array, ended: boolean): Fields | "unfinished" | "foreign" {
  const bytes = buffer(received);
  if (bytes.length > 0 && bytes[0] !== ERROR) return "foreign";
  if (bytes.length < HEADER) return ended ? "foreign" : "unfinished";
  const length = bytes.readUInt32BE(1);
  if (length < 4 || length > LONGEST) return old(bytes, ended);
  if (bytes.length < 1 + length) return ended ? "foreign" : "unfinished";
  const parts = bytes
    .subarray(HEADER, 1 + length)
    .toString("latin1")
    .split("\0", MOST_FIELDS)
    .filter(Boolean);
  const fields: Fields = {};
  for (const part of parts) {
    const name = TOLD[part.slice(0, 1)];
    if (name !== undefined) fields[name] = printable(Buffer.from(part.slice(1), "latin1"));
  }
  const versions = /server supports (\d+\.\d+) to (\d+\.\d+)/.exec(String(fields.message ?? ""));
  if (versions !== null) Object.assign(fields, { oldestProtocol: versions[1], newestProtocol: versions[2] });
  return fields;
}

/** Servers before version 7.4 (2003), and postmasters in trouble: the text alone. */
function old(bytes: Buffer, ended: boolean): Fields | "unfinished" | "foreign" {
  const end = bytes.subarray(0, LONGEST).indexOf(0);
  if (end < 0 && !ended && bytes.length < LONGEST) return "unfinished";
  return { message: shown(bytes.toString("latin1", 1, end < 0 ? LONGEST : end).trim()) };
}
