import { buffer } from "./bytes.ts";
import { printable } from "./text.ts";

/** No reply of a protocol of lines is read further than that many bytes. */
export const LONGEST_REPLY = 16_384;

/** The whole lines at the start of `bytes`, without their ends; and the last, unfinished one too where nothing follows. */
export function linesOf(bytes: Uint8Array, ended: boolean): Uint8Array[] {
  const lines: Uint8Array[] = [];
  const within = buffer(bytes.subarray(0, LONGEST_REPLY));
  let at = 0;
  for (let end = within.indexOf(0x0a); end >= 0; end = within.indexOf(0x0a, at)) {
    lines.push(within.subarray(at, end > at && within[end - 1] === 0x0d ? end - 1 : end));
    at = end + 1;
  }
  if (noMore(bytes, ended) && at < within.length) lines.push(within.subarray(at));
  return lines;
}

/** Whether what is there has to do: the server ended, or has said too much. */
export function noMore(bytes: Uint8Array, ended: boolean): boolean {
  return ended || bytes.length >= LONGEST_REPLY;
}

/** The lines as the text of an answer. */
export function asText(lines: Uint8Array[]): string {
  return lines.map((line) => printable(line)).join("\n");
}
