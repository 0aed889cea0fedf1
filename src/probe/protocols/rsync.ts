import type { Conversation, ProbeAnswer, ProbeProtocol } from "../protocol.ts";
import { join } from "./wire/bytes.ts";
import { LONGEST_REPLY, linesOf, noMore } from "./wire/lines.ts";
import { printable } from "./wire/text.ts";

/** The daemon of rsync (rsync's csprotocol.txt): its version of the protocol, and the modules that it names to strangers. */
export const rsync: ProbeProtocol = {
  name: "rsync",
  services: ["rsync"],
  ports: [{ protocol: "tcp", port: 873 }],
  tcp: conversation,
};

/** A version that has the listing, and no list of digests to agree on; then the request for the listing. */
const QUESTION = join("@RSYNCD: 29.0\n#list\n");
/** More modules are counted, and not shown. */
const MOST = 256;

type Greeting = { version: string; digests: string[] };

function conversation(): Conversation {
  let greeting: Greeting | undefined;
  let before: Uint8Array = new Uint8Array();
  return {
    next(received, ended) {
      if (greeting === undefined) {
        const [line] = linesOf(received, ended);
        if (line === undefined) return noMore(received, ended) ? { foreign: true } : { more: true };
        const [, version, digests] = /^@RSYNCD: (\d+(?:\.\d+)?)(?: (.*))?$/.exec(printable(line)) ?? [];
        if (version === undefined) return { foreign: true };
        greeting = { version, digests: (digests ?? "").split(" ").filter(Boolean) };
        // The message of the day may come together with the greeting.
        before = join(received.subarray(line.length + 1, LONGEST_REPLY));
        return ended ? { answer: answer(greeting, []) } : { send: QUESTION };
      }
      const all = join(before, received);
      const lines = linesOf(all, ended);
      const over = lines.some((line) => /^@(RSYNCD: EXIT|ERROR)/.test(printable(line)));
      return over || noMore(all, ended) ? { answer: answer(greeting, lines) } : { more: true };
    },
  };
}

/** A module is its name, padded, a tab and a comment; what stands before the first is the message of the day. */
function answer({ version, digests }: Greeting, lines: Uint8Array[]): ProbeAnswer {
  const said = lines.map((line) => printable(line)).filter((line) => line !== EXIT);
  const modules = said.flatMap((line) => {
    const [, name, comment] = MODULE.exec(line) ?? [];
    return name === undefined || comment === undefined ? [] : [{ name, comment }];
  });
  const error = said.map((line) => /^@ERROR:? (.*)$/.exec(line)?.[1]).find((text) => text !== undefined);
  const message = said
    .filter((line) => !MODULE.test(line) && !line.startsWith("@ERROR"))
    .join("\n")
    .trim();
  return {
    protocol: "rsync",
    fields: {
      version,
      ...(digests.length > 0 && { digests }),
      ...(error !== undefined && { error }),
      modules: modules.slice(0, MOST),
      moduleCount: modules.length,
    },
    ...(message !== "" && { text: message }),
  };
}

const EXIT = "@RSYNCD: EXIT";
/** The tab as it is shown. */
const MODULE = /^([^@].*?) *\\x09(.*)$/;
