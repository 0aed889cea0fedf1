import type { FieldValue } from "../../protocol.ts";
import { buffer } from "../wire/bytes.ts";
import { printable } from "../wire/text.ts";

/** What a response says before its page. */
export type Head = {
  fields: { [name: string]: FieldValue };
  /** The first value of each header, by its name in lower case. */
  headers: Map<string, string>;
};

/** More headers are not read. */
const MOST_HEADERS = 128;

/** The headers that say what answers there, and the field that each becomes. */
const TOLD: { [header: string]: string } = {
  server: "server",
  "x-powered-by": "poweredBy",
  via: "via",
  location: "location",
  "content-type": "contentType",
  "www-authenticate": "authenticate",
  "alt-svc": "alternatives",
};

/** Whether these bytes are, or may become, the start of a response of HTTP/1 (RFC 9112 section 4). */
export function startsLikeHttp(bytes: Uint8Array): boolean {
  const start = buffer(bytes.subarray(0, 5)).toString("latin1");
  return "HTTP/".startsWith(start);
}

/** Reads status line and headers (RFC 9112 sections 4 and 5), cut off or not; undefined where there is no status. */
export function readHead(head: Uint8Array): Head | undefined {
  const [status = "", ...lines] = printableHead(head);
  const [, version, code, reason] = /^HTTP\/(\d\.\d) (\d{3})(?: (.*))?$/.exec(status) ?? [];
  if (version === undefined) return undefined;
  const headers = new Map<string, string>();
  for (const line of lines.slice(0, MOST_HEADERS)) {
    const [, name, value] = /^([!-9;-~]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined || value === undefined || headers.has(name.toLowerCase())) continue;
    headers.set(name.toLowerCase(), value);
  }
  const told = Object.entries(TOLD).flatMap(([header, field]): [string, string][] => {
    const value = headers.get(header);
    return value === undefined ? [] : [[field, value]];
  });
  const fields = { version, status: Number(code), ...(reason && { reason }), ...Object.fromEntries(told) };
  return { fields, headers };
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
