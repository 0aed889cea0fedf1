import type { Conversation, ProbeProtocol } from "../protocol.ts";
import { buffer } from "./wire/bytes.ts";
import { greeted, type Heard } from "./wire/greeted.ts";
import { asText, linesOf, noMore } from "./wire/lines.ts";
import { printable } from "./wire/text.ts";

/** IMAP (RFC 9051, RFC 3501): the greeting, and the capabilities, for which it is asked where it does not greet with them. */
export const imap: ProbeProtocol = {
  name: "imap",
  services: ["imap", "imap2"],
  ports: [{ protocol: "tcp", port: 143 }],
  tcp: conversation,
};

/** IMAP inside TLS (RFC 8314 section 3.2). */
export const imaps: ProbeProtocol = {
  name: "imaps",
  services: ["imaps"],
  ports: [{ protocol: "tcp", port: 993 }],
  tls: true,
  tcp: conversation,
};

type Greeting = { line: Uint8Array; state: string };
type Reply = { lines: Uint8Array[] };

/** The word before the command and its reply: any word will do (RFC 9051 section 2.2.1). */
const TAG = "a1";

function conversation(): Conversation {
  return greeted<Greeting, Reply>({
    greeting,
    question: ({ line, state }) => (state === "BYE" || capabilities([line]) ? undefined : `${TAG} CAPABILITY`),
    reply,
    goodbye: "a2 LOGOUT",
    answer(greeting, reply) {
      const lines = [greeting.line, ...(reply?.lines ?? [])];
      const found = capabilities(lines);
      return {
        protocol: "imap",
        fields: {
          state: greeting.state,
          banner: printable(greeting.line),
          ...(found && { capabilities: found }),
        },
        text: asText(lines),
      };
    },
  });
}

/** `* OK`, `* PREAUTH` or `* BYE`, and text (RFC 9051 section 7.1). */
function greeting(received: Uint8Array, ended: boolean): Heard<Greeting> {
  const [line] = linesOf(received, ended);
  if (line === undefined) return received.length === 0 || received[0] === 0x2a ? "unfinished" : "foreign";
  const state = /^\* (OK|PREAUTH|BYE)( |$)/i.exec(ascii(line))?.[1];
  return state === undefined ? "foreign" : { line, state: state.toUpperCase() };
}

/** More lines than that nobody answers with. */
const MOST_LINES = 128;

/** The lines up to the one that has the command's tag. */
function reply(received: Uint8Array, ended: boolean): Heard<Reply> {
  const lines = linesOf(received, ended);
  const end = lines.findIndex((line) => ascii(line).startsWith(`${TAG} `));
  if (end < 0 && !noMore(received, ended)) return "unfinished";
  const said = lines.slice(0, end < 0 ? undefined : end + 1).slice(0, MOST_LINES);
  return said.length === 0 ? "foreign" : { lines: said };
}

/** The words after CAPABILITY, in a line of its own or in the code of an OK (RFC 9051 sections 7.1 and 7.2.2). */
function capabilities(lines: Uint8Array[]): string[] | undefined {
  for (const line of lines) {
    const words = /^\* (?:OK \[)?CAPABILITY ([^\]]*)/i.exec(printable(line, 4096))?.[1];
    if (words !== undefined) return words.split(" ").filter(Boolean).slice(0, MOST_LINES);
  }
  return undefined;
}

function ascii(line: Uint8Array): string {
  return buffer(line.subarray(0, 64)).toString("latin1");
}
