import type { Conversation, ProbeAnswer, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { join } from "./wire/bytes.ts";
import { headLength, LONGEST_HEAD, readResponseHead, startsLike, toldHeaders } from "./wire/response-head.ts";
import { hex, printableLines } from "./wire/text.ts";
import { withTls } from "./wire/tls.ts";

/** SIP (RFC 3261 section 11): asks what the server can do. No call is made, nobody is registered. */
export const sip: ProbeProtocol = {
  name: "sip",
  services: ["sip"],
  ports: [
    { protocol: "udp", port: 5060 },
    { protocol: "tcp", port: 5060 },
  ],
  udp: (context) => ({
    request: join(options(context, "UDP")),
    read: (datagram) => answer(datagram, context),
  }),
  tcp: (context) => conversation(context, "TCP"),
};

/** SIP inside TLS (RFC 3261 section 26.2.1). */
export const sips: ProbeProtocol = {
  name: "sips",
  services: ["sip-tls", "sips"],
  ports: [{ protocol: "tcp", port: 5061 }],
  tls: true,
  tcp: (context) => conversation(context, "TLS"),
};

/**
 * OPTIONS. Where the answer is to go, `rport` leaves to the server's own eyes (RFC 3581), so that no address of this
 * machine is told; the branch begins as section 8.1.1.7 wants it.
 */
function options(context: ProbeContext, transport: string): string {
  const { address, port } = context;
  const bare = address.replace(/%.*/, "");
  const target = `sip:${bare.includes(":") ? `[${bare}]` : bare}:${port}`;
  const lines = [
    `OPTIONS ${target} SIP/2.0`,
    `Via: SIP/2.0/${transport} portolan.invalid;rport;branch=z9hG4bK${id(context)}`,
    "Max-Forwards: 70",
    `From: <sip:portolan@portolan.invalid>;tag=${id(context).slice(0, 8)}`,
    `To: <${target}>`,
    `Call-ID: ${id(context)}@portolan.invalid`,
    "CSeq: 1 OPTIONS",
    "Contact: <sip:portolan@portolan.invalid>",
    "Accept: application/sdp",
    "Content-Length: 0",
  ];
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function id({ nonce }: ProbeContext): string {
  return hex(nonce);
}

function conversation(context: ProbeContext, transport: string): Conversation {
  return {
    first: join(options(context, transport)),
    next(received, ended, tls) {
      if (!startsLike("SIP", received)) return { foreign: true };
      const head = finalHead(received);
      if (headLength(head) === undefined && !ended && received.length < LONGEST_HEAD) return { more: true };
      const found = answer(head, context);
      return found === undefined ? { foreign: true } : { answer: withTls(found, tls) };
    },
  };
}

/** The head after those that only say that the server is at it, such as "100 Trying"; they have no body. */
function finalHead(received: Uint8Array): Uint8Array {
  let rest = received.subarray(0, LONGEST_HEAD);
  for (;;) {
    const length = headLength(rest);
    if (length === undefined) return rest;
    const head = rest.subarray(0, length);
    if ((readResponseHead("SIP", head)?.status ?? FINAL) >= FINAL) return head;
    rest = rest.subarray(length);
  }
}

/** From here on a status is the last word (RFC 3261 section 7.2). */
const FINAL = 200;

/** The headers that say what answers there, and the field that each becomes. */
const TOLD: { [header: string]: string } = {
  server: "server",
  "user-agent": "userAgent",
  organization: "organization",
  allow: "methods",
  accept: "accept",
  supported: "extensions",
};

/** Reads a reply (RFC 3261 section 7.2); undefined where it is none, or one to another question. */
function answer(head: Uint8Array, context: ProbeContext): ProbeAnswer | undefined {
  const found = readResponseHead("SIP", head);
  const call = found?.headers.get("call-id") ?? found?.headers.get("i");
  if (found === undefined || found.status < FINAL || !call?.startsWith(id(context))) return undefined;
  const { headers, ...status } = found;
  return { protocol: "sip", fields: { ...status, ...toldHeaders(headers, TOLD) }, text: printableLines(head) };
}
