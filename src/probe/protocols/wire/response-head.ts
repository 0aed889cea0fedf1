import { buffer } from "./bytes.ts";
import { printable, shown } from "./text.ts";

/** What a reply in the manner of HTTP says before its body. */
export type ResponseHead = {
  version: string;
  status: number;
  reason?: string;
  /** The first value of each header, by its name in lower case. */
  headers: Map<string, string>;
};

/** Where a head is longer, it is read up to here, in bytes. */
export const LONGEST_HEAD = 16_384;
/** More headers are not read. */
const MOST_HEADERS = 128;

/** Whether these bytes are, or may become, the start of a reply of `protocol`. */
export function startsLike(protocol: string, bytes: Uint8Array): boolean {
  const start = buffer(bytes.subarray(0, protocol.length + 1)).toString("latin1");
  return `${protocol}/`.startsWith(start);
}

/** The bytes up to the empty line, with it, which some servers end with a bare line feed (RFC 9112 section 2.2). */
export function headLength(bytes: Uint8Array): number | undefined {
  const text = buffer(bytes.subarray(0, LONGEST_HEAD)).toString("latin1");
  const end = /\r?\n\r?\n/.exec(text);
  return end === null ? undefined : end.index + end[0].length;
}

/**
 * Reads status line and headers, cut off or not, of a reply of `protocol`: HTTP (RFC 9112 sections 4 and 5), SIP (RFC 3261
 * section 7.2) or RTSP (RFC 7826 section 8.1). Undefined where there is no status.
 */
export function readResponseHead(protocol: string, head: Uint8Array): ResponseHead | undefined {
  const [first = "", ...lines] = printableHead(head);
  const [, name, version, code, reason] = /^([A-Z]+)\/(\d\.\d) (\d{3})(?: (.*))?$/.exec(first) ?? [];
  if (name !== protocol || version === undefined) return undefined;
  const headers = new Map<string, string>();
  for (const line of lines.slice(0, MOST_HEADERS)) {
    const [, header, value] = /^([!-9;-~]+?)[ \t]*:[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (header === undefined || value === undefined || headers.has(header.toLowerCase())) continue;
    headers.set(header.toLowerCase(), value);
  }
  return { version, status: Number(code), ...(reason && { reason }), headers };
}

/** The headers that are told, under the name of the field that each becomes. */
export function toldHeaders(
  headers: Map<string, string>,
  told: { [header: string]: string },
): { [field: string]: string } {
  const found = Object.entries(told).flatMap(([header, field]): [string, string][] => {
    const value = headers.get(header);
    return value === undefined ? [] : [[field, shown(value)]];
  });
  return Object.fromEntries(found);
}

function printableHead(head: Uint8Array): string[] {
  const bytes = buffer(head);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length && lines.length <= MOST_HEADERS; ) {
    const end = bytes.indexOf(0x0a, at);
    const line = bytes.subarray(at, end < 0 ? bytes.length : end);
    lines.push(printable(line.at(-1) === 0x0d ? line.subarray(0, -1) : line));
    at += line.length + 1;
  }
  return lines;
}
