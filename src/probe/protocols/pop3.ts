import type { Conversation, ProbeProtocol } from "../protocol.ts";
import { buffer } from "./wire/bytes.ts";
import { greeted, type Heard } from "./wire/greeted.ts";
import { asText, linesOf, noMore } from "./wire/lines.ts";
import { printable } from "./wire/text.ts";

/** POP3 (RFC 1939): the greeting, and what CAPA lists (RFC 2449). */
export const pop3: ProbeProtocol = {
  name: "pop3",
  services: ["pop3", "pop-3"],
  ports: [{ protocol: "tcp", port: 110 }],
  tcp: conversation,
};

/** POP3 inside TLS (RFC 8314 section 3.2). */
export const pop3s: ProbeProtocol = {
  name: "pop3s",
  services: ["pop3s"],
  ports: [{ protocol: "tcp", port: 995 }],
  tls: true,
  tcp: conversation,
};

/** Lines of a reply, its status line first. */
type Reply = { lines: Uint8Array[] };

function conversation(): Conversation {
  return greeted<Reply, Reply>({
    greeting: (received, ended) => reply(received, ended, false),
    question: ({ lines: [status] }) => (isGood(status) ? "CAPA" : undefined),
    reply: (received, ended) => reply(received, ended, true),
    goodbye: "QUIT",
    answer: ({ lines: greeting }, capa) => ({
      protocol: "pop3",
      fields: {
        banner: greeting.map((line) => printable(line)).join(" "),
        ...(capa && {
          capabilities: isGood(capa.lines[0]) ? capa.lines.slice(1).map((line) => printable(line)) : [],
        }),
      },
      text: asText([...greeting, ...(capa?.lines ?? [])]),
    }),
  });
}

/** More capabilities than that nobody has. */
const MOST_LINES = 128;

/** A status line, and where it is good and `several`, the lines up to a single dot (RFC 1939 section 3). */
function reply(received: Uint8Array, ended: boolean, several: boolean): Heard<Reply> {
  const start = buffer(received.subarray(0, 4)).toString("latin1");
  if (!"+OK".startsWith(start.slice(0, 3)) && !"-ERR".startsWith(start)) return "foreign";
  const lines = linesOf(received, ended);
  const end = several && isGood(lines[0]) ? lines.findIndex((line) => line.length === 1 && line[0] === 0x2e) : 1;
  if ((end < 0 || lines.length === 0) && !noMore(received, ended)) return "unfinished";
  const said = lines.slice(0, end < 0 ? undefined : end).slice(0, MOST_LINES);
  return said.length === 0 || start.length < 3 ? "foreign" : { lines: said };
}

function isGood(status: Uint8Array | undefined): boolean {
  return status !== undefined && status[0] === 0x2b;
}
