import type { Conversation, FieldValue, ProbeAnswer, ProbeProtocol } from "../protocol.ts";
import { hello, readRecord, SHORTEST } from "./isa/record.ts";
import { noMore } from "./wire/lines.ts";
import { printable, printableLines } from "./wire/text.ts";

/**
 * The control port of Winsock Proxy and ISA Server, by which firewall clients announce themselves. Microsoft never
 * published its messages: what is sent and read here is what free clients found out. Over TCP a server may also hand out
 * Mspclnt.ini, its clients' configuration.
 */
export const isa: ProbeProtocol = {
  name: "isa",
  services: ["remote-winsock"],
  ports: [
    { protocol: "udp", port: 1745 },
    { protocol: "tcp", port: 1745 },
  ],
  udp: () => ({ request: hello(), read: acknowledged }),
  tcp: conversation,
};

/** Settings beyond that number are not shown as fields; the text has all. */
const MOST_SETTINGS = 64;

function conversation(): Conversation {
  return {
    first: hello(),
    next(received, ended) {
      if (received.length < SHORTEST && !ended) return { more: true };
      const record = acknowledged(received);
      if (record !== undefined) return { answer: record };
      // A file of text has no zeros, and has sections.
      if (received.includes(0)) return { foreign: true };
      if (!noMore(received, ended)) return { more: true };
      const text = printableLines(received);
      if (!/^\[common\]/im.test(text)) return { foreign: true };
      return { answer: { protocol: "isa", fields: { reply: "Mspclnt.ini", settings: settings(text) }, text } };
    },
  };
}

function acknowledged(bytes: Uint8Array): ProbeAnswer | undefined {
  const record = readRecord(bytes);
  return record && { protocol: "isa", fields: { reply: record.isHello ? "hello" : "other", ...record.fields } };
}

/** The lines `name=value` of the section [Common]. */
function settings(text: string): { [name: string]: FieldValue } {
  const section = text.split(/^\[/m).find((part) => /^common\]/i.test(part)) ?? "";
  const pairs = section
    .split("\n")
    .map((line) => /^([^=;]+)=(.*)$/.exec(line))
    .filter((match) => match !== null)
    .slice(0, MOST_SETTINGS);
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [cut(name), cut(value)]));
}

function cut(text: string): string {
  return printable(Buffer.from(text.trim()));
}
