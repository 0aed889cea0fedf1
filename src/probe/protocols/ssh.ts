import type { Conversation, FieldValue, ProbeProtocol } from "../protocol.ts";
import { algorithms } from "./ssh/algorithms.ts";
import { disconnect, firstPayload } from "./ssh/packet.ts";
import { join } from "./wire/bytes.ts";
import { linesOf, noMore } from "./wire/lines.ts";
import { printable } from "./wire/text.ts";

/**
 * SSH (RFC 4253): what the server calls itself, and what it offers for the exchange of keys. Nothing is agreed on: the
 * conversation ends before a key is chosen or a user named.
 */
export const ssh: ProbeProtocol = {
  name: "ssh",
  services: ["ssh"],
  ports: [
    { protocol: "tcp", port: 22 },
    { protocol: "tcp", port: 2222 },
  ],
  tcp: conversation,
};

/** Both sides say what they are at once (RFC 4253 section 4.2). */
const IDENTIFICATION = join("SSH-2.0-portolan\r\n");

/** More lines than that no server puts before its identification. */
const MOST_LINES = 64;

function conversation(): Conversation {
  return {
    first: IDENTIFICATION,
    next(received, ended) {
      const found = identification(received, ended);
      if (found === undefined) return noMore(received, ended) ? { foreign: true } : { more: true };
      if (found === "foreign") return { foreign: true };
      const payload = found.speaksVersion2 ? firstPayload(received.subarray(found.length)) : undefined;
      if (payload === "unfinished" && !ended) return { more: true };
      const offered = typeof payload === "object" ? algorithms(payload) : undefined;
      const fields = { ...found.fields, ...offered };
      return {
        answer: { protocol: "ssh", fields, text: found.text },
        ...(!ended && offered && { goodbye: disconnect() }),
      };
    },
  };
}

type Identification = {
  fields: { [name: string]: FieldValue };
  text: string;
  /** Its length in bytes, with its end and all lines before it. */
  length: number;
  speaksVersion2: boolean;
};

/** `SSH-version-software comments`, after lines that say something else to people (RFC 4253 section 4.2). */
function identification(received: Uint8Array, ended: boolean): Identification | "foreign" | undefined {
  const lines = linesOf(received, ended).slice(0, MOST_LINES + 1);
  let length = 0;
  for (const line of lines) {
    length += line.length + (received[length + line.length] === 0x0d ? 2 : 1);
    const text = printable(line);
    if (!text.startsWith("SSH-")) continue;
    const [, version, software, comments] = /^SSH-([^-]*)-(\S*)(?: (.*))?$/.exec(text) ?? [];
    if (version === undefined || software === undefined) return "foreign";
    const fields = { version, software, ...(comments && { comments }) };
    return { fields, text, length, speaksVersion2: version === "2.0" || version === "1.99" };
  }
  return lines.length > MOST_LINES ? "foreign" : undefined;
}
