import { buffer } from "../wire/bytes.ts";

/** A reply that is a line or a string (RESP 2, "RESP protocol description"). */
export type Reply = { type: "status" | "error" | "string"; content: Uint8Array };

/** Redis takes its time to explain why it refuses strangers. */
const LONGEST_LINE = 4096;
/** INFO about the server has about a thousand bytes. */
const LONGEST_STRING = 65_536;

/** Reads a reply of one of the three types; "foreign" where it is another, longer than one, or cut off. */
export function reply(received: Uint8Array, ended: boolean): Reply | "unfinished" | "foreign" {
  const bytes = buffer(received);
  const unfinished = ended ? "foreign" : "unfinished";
  if (bytes.length === 0) return unfinished;
  const type = { "+": "status", "-": "error", $: "string" }[String.fromCharCode(bytes[0] ?? 0)];
  if (type !== "status" && type !== "error" && type !== "string") return "foreign";
  const end = bytes.subarray(0, LONGEST_LINE).indexOf("\r\n");
  if (end < 0) return bytes.length < LONGEST_LINE ? unfinished : "foreign";
  const line = bytes.subarray(1, end);
  if (type !== "string") return { type, content: line };
  const length = /^\d{1,6}$/.test(line.toString("latin1")) ? Number(line.toString("latin1")) : LONGEST_STRING + 1;
  if (length > LONGEST_STRING) return "foreign";
  const start = end + 2;
  return bytes.length < start + length ? unfinished : { type, content: bytes.subarray(start, start + length) };
}
