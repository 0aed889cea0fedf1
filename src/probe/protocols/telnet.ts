import type { Conversation, ProbeProtocol } from "../protocol.ts";
import { commands, optionName, refusals } from "./telnet/commands.ts";
import { printableLines } from "./wire/text.ts";

/**
 * Telnet (RFC 854): the options that the server wants to negotiate, all of which are refused (RFC 855), and what it then
 * shows: a banner and a question for a name. Nothing is typed.
 */
export const telnet: ProbeProtocol = {
  name: "telnet",
  services: ["telnet"],
  ports: [{ protocol: "tcp", port: 23 }],
  tcp: conversation,
};

/** More than that nobody shows before a name is given, in bytes. */
const LONGEST = 8192;
/** A server that keeps asking is refused so many times. */
const MOST_ROUNDS = 8;
/** What asks for a name ends with a colon or another sign, and waits in that line. */
const PROMPT = /[:>#$%?] *$/;

function conversation(): Conversation {
  const [does, asks] = [new Set<number>(), new Set<number>()];
  let before = new Uint8Array();
  let rounds = 0;
  return {
    next(received, ended) {
      const found = commands(received.subarray(0, LONGEST));
      const text = Uint8Array.from([...before, ...found.text]).subarray(0, LONGEST);
      const banner = printableLines(text).trim();
      const prompts = PROMPT.test(Buffer.from(text.subarray(-8)).toString("latin1"));
      for (const option of found.does) does.add(option);
      for (const option of found.asks) asks.add(option);
      if (!ended && !prompts && received.length < LONGEST) {
        const wants = found.does.length + found.asks.length > 0;
        if (found.unfinished || !wants || rounds === MOST_ROUNDS) return { more: true };
        rounds += 1;
        before = text;
        return { send: refusals(found) };
      }
      // A server that negotiates nothing, and asks for nothing, may be any.
      if (does.size + asks.size === 0 && !prompts) return { foreign: true };
      const fields = { does: [...does].map(optionName), asks: [...asks].map(optionName) };
      return { answer: { protocol: "telnet", fields, ...(banner !== "" && { text: banner }) } };
    },
  };
}
