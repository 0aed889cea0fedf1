import { buffer } from "./bytes.ts";

/** The longest value of a field, in bytes as the server sent it. */
const VALUE = 1024;
/** The longest text of an answer, in bytes. */
const TEXT = 16_384;

/** Control, format, surrogate, private and unassigned code points, and line separators: what a terminal obeys or hides. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * What a server wrote, as one line: UTF-8 where it is that, else Latin-1. What cannot be seen becomes a visible escape
 * (`\x1b`, `\u{202e}`), and what is longer than `limit` bytes ends in `…`.
 */
export function printable(bytes: Uint8Array, limit = VALUE): string {
  const line = decoded(bytes, limit).replace(HIDDEN, escaped);
  return bytes.length > limit ? `${line}…` : line;
}

/** What a server wrote in several lines: as `printable`, with `\n` between lines however they ended, and none at its end. */
export function printableLines(bytes: Uint8Array, limit = TEXT): string {
  const lines = decoded(bytes, limit).split(/\r\n|\n/);
  const text = lines.map((line) => line.replace(HIDDEN, escaped)).join("\n");
  return bytes.length > limit ? `${text}…` : text.replace(/\n+$/, "");
}

/** `text` from a stranger, as `printable` shows it. */
export function shown(text: string, limit = VALUE): string {
  return printable(Buffer.from(text), limit);
}

/** `bytes` in hexadecimal, cut off at `limit` bytes with `…`. */
export function hex(bytes: Uint8Array, limit = VALUE): string {
  const digits = buffer(bytes.subarray(0, limit)).toString("hex");
  return bytes.length > limit ? `${digits}…` : digits;
}

/** Text where all of it can be shown, else its bytes in hexadecimal after `0x`. */
export function textOrHex(bytes: Uint8Array, limit = VALUE): string {
  const text = utf8(bytes, limit);
  return text === undefined || text.search(HIDDEN) >= 0 ? `0x${hex(bytes, limit)}` : printable(bytes, limit);
}

function decoded(bytes: Uint8Array, limit: number): string {
  return utf8(bytes, limit) ?? buffer(bytes.subarray(0, limit)).toString("latin1");
}

/** The text, without a last character that the limit cuts in two; undefined where it is no UTF-8. */
function utf8(bytes: Uint8Array, limit: number): string | undefined {
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return decoder.decode(bytes.subarray(0, limit), { stream: bytes.length > limit });
  } catch {
    return undefined;
  }
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
}
