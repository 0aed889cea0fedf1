import { buffer } from "../wire/bytes.ts";
import { shown } from "../wire/text.ts";

/** The longest title, in characters. */
const LONGEST = 256;

/** The title of a page as far as it came, and whether it may still come. */
export function readTitle(page: Uint8Array, headers: Map<string, string>): { title?: string; expected: boolean } {
  if (!/html/i.test(headers.get("content-type") ?? "")) return { expected: false };
  const text = buffer(page).toString("utf8");
  const start = /<title\b[^>]{0,256}>/i.exec(text);
  const end = start === null ? -1 : text.indexOf("<", start.index + start[0].length);
  if (start !== null && end >= 0) {
    const words = text
      .slice(start.index + start[0].length, end)
      .split(/\s+/)
      .filter(Boolean);
    return { title: shown(words.join(" ").slice(0, LONGEST)), expected: false };
  }
  return { expected: !isWhole(page, text, headers) };
}

/** Whether a page is over, by its length or by its last chunk (RFC 9112 sections 6.3 and 7.1), or its head is. */
function isWhole(page: Uint8Array, text: string, headers: Map<string, string>): boolean {
  if (/<\/head\s*>|<body\b/i.test(text)) return true;
  if (/chunked/i.test(headers.get("transfer-encoding") ?? "")) return text.endsWith("0\r\n\r\n");
  const length = headers.get("content-length");
  return length !== undefined && page.length >= Number(length);
}
