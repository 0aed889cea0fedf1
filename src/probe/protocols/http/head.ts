import type { FieldValue } from "../../protocol.ts";
import { readResponseHead, toldHeaders } from "../wire/response-head.ts";

/** What a response says before its page. */
export type Head = {
  fields: { [name: string]: FieldValue };
  /** The first value of each header, by its name in lower case. */
  headers: Map<string, string>;
};

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

/** Reads status line and headers (RFC 9112 sections 4 and 5), cut off or not; undefined where there is no status. */
export function readHead(bytes: Uint8Array): Head | undefined {
  const head = readResponseHead("HTTP", bytes);
  if (head === undefined) return undefined;
  const { headers, ...status } = head;
  return { fields: { ...status, ...toldHeaders(headers, TOLD) }, headers };
}
