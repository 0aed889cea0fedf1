import type { Heard } from "./greeted.ts";
import { asText, linesOf, noMore } from "./lines.ts";
import { printable } from "./text.ts";

/** A reply of FTP (RFC 959 section 4.2) or SMTP (RFC 5321 section 4.2): a code, and text in one line or more. */
export type NumberedReply = {
  code: number;
  /** What each line says, without the code. */
  lines: string[];
  /** All of it as it came. */
  text: string;
};

/** Where a reply is longer, the rest is left out. */
const MOST_LINES = 128;

/**
 * Reads one reply. Its last line is the code, and a space or nothing more; lines before it may say anything (RFC 959), but
 * the first is the code and a hyphen.
 */
export function numberedReply(received: Uint8Array, ended: boolean): Heard<NumberedReply> {
  const start = Buffer.from(received.subarray(0, 4)).toString("latin1");
  // A line that is cut off may be the start of a code.
  if (!/^(|[1-5]|[1-5]\d|[1-5]\d\d[ \-\r\n]?)$/.test(start)) return "foreign";
  const lines = linesOf(received, ended);
  const code = start.slice(0, 3);
  const whole = start[3] === "-" ? lines.slice(1).findIndex((line) => isLast(line, code)) + 2 : 1;
  const isWhole = whole > 1 || (start[3] !== "-" && lines.length > 0);
  if (!isWhole && !noMore(received, ended)) return "unfinished";
  const said = lines.slice(0, isWhole ? whole : undefined).slice(0, MOST_LINES);
  if (code.length < 3 || said.length === 0) return "foreign";
  return { code: Number(code), lines: said.map((line) => printable(withoutCode(line, code))), text: asText(said) };
}

function isLast(line: Uint8Array, code: string): boolean {
  const start = Buffer.from(line.subarray(0, 4)).toString("latin1");
  return start === code || start === `${code} `;
}

function withoutCode(line: Uint8Array, code: string): Uint8Array {
  const start = Buffer.from(line.subarray(0, 4)).toString("latin1");
  return start === code || start === `${code} ` || start === `${code}-` ? line.subarray(4) : line;
}
