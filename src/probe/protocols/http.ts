import type { Conversation, ProbeContext, ProbeProtocol, TlsFacts } from "../protocol.ts";
import { readHead } from "./http/head.ts";
import { readTitle } from "./http/title.ts";
import { join } from "./wire/bytes.ts";
import { headLength, LONGEST_HEAD, startsLike } from "./wire/response-head.ts";
import { printableLines } from "./wire/text.ts";
import { withTls } from "./wire/tls.ts";

/**
 * HTTP/1.1 (RFC 9112): the status, what the server calls itself, and the title of its first page. Printers, Docker,
 * Prometheus and Elasticsearch are such servers, too.
 */
export const http: ProbeProtocol = {
  name: "http",
  services: ["http", "www", "http-alt", "webcache", "ipp"],
  ports: [80, 8080, 8000, 8888, 631, 2375, 9090, 9200].map((port) => ({ protocol: "tcp", port })),
  tcp: (context) => httpConversation(context, 80),
};

/** So far into a page its title is looked for. */
const LONGEST_PAGE = 65_536;

/** Asks for the first page; `usual` is the port that goes without saying. */
export function httpConversation(context: ProbeContext, usual: number): Conversation {
  return {
    first: request(context, usual),
    next(received, ended, tls) {
      if (!startsLike("HTTP", received)) return { foreign: true };
      const length = headLength(received);
      if (length === undefined && !ended && received.length < LONGEST_HEAD) return { more: true };
      const page = length === undefined ? new Uint8Array() : received.subarray(length, length + LONGEST_PAGE);
      return answer(received.subarray(0, length ?? LONGEST_HEAD), page, ended, tls);
    },
  };
}

function answer(head: Uint8Array, page: Uint8Array, ended: boolean, tls: TlsFacts | undefined) {
  const facts = readHead(head);
  if (facts === undefined) return { foreign: true } as const;
  const { title, expected } = readTitle(page, facts.headers);
  if (expected && !ended && page.length < LONGEST_PAGE) return { more: true } as const;
  const fields = { ...facts.fields, ...(title !== undefined && { title }) };
  return { answer: withTls({ protocol: "http", fields, text: printableLines(head) }, tls) };
}

function request({ name, address, port }: ProbeContext, usual: number): Uint8Array {
  const host = name ?? (address.includes(":") ? `[${address.replace(/%.*/, "")}]` : address);
  const lines = [
    "GET / HTTP/1.1",
    `Host: ${port === usual ? host : `${host}:${port}`}`,
    "User-Agent: portolan",
    "Accept: text/html, */*;q=0.1",
    "Connection: close",
  ];
  return join(`${lines.join("\r\n")}\r\n\r\n`);
}
