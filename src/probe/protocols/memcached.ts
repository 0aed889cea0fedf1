import type { Conversation, ProbeAnswer, ProbeProtocol } from "../protocol.ts";
import { join, same } from "./wire/bytes.ts";
import { linesOf, noMore } from "./wire/lines.ts";
import { printable } from "./wire/text.ts";

/** memcached (its doc/protocol.txt): the version. Nothing is read of what it keeps. */
export const memcached: ProbeProtocol = {
  name: "memcached",
  services: ["memcache", "memcached"],
  ports: [
    { protocol: "tcp", port: 11211 },
    { protocol: "udp", port: 11211 },
  ],
  tcp: conversation,
  udp: ({ nonce }) => {
    // The number of the request, of this datagram, of all of them, and a reserved one ("UDP protocol").
    const frame = join(nonce.subarray(0, 2), Uint8Array.of(0, 0, 0, 1, 0, 0));
    return { request: join(frame, QUESTION), read: (datagram) => read(datagram, frame) };
  },
};

const QUESTION = "version\r\n";
const GOODBYE = join("quit\r\n");

function conversation(): Conversation {
  return {
    first: join(QUESTION),
    next(received, ended) {
      const [line] = linesOf(received, ended);
      if (line === undefined) return noMore(received, ended) ? { foreign: true } : { more: true };
      const found = answer(line);
      return found === undefined ? { foreign: true } : { answer: found, goodbye: GOODBYE };
    },
  };
}

function read(datagram: Uint8Array, frame: Uint8Array): ProbeAnswer | undefined {
  if (!same(datagram.subarray(0, frame.length), frame)) return undefined;
  const [line] = linesOf(datagram.subarray(frame.length), true);
  return line && answer(line);
}

/** `VERSION 1.6.18`; or `CLIENT_ERROR unauthenticated`, where it wants to know first who asks. */
function answer(line: Uint8Array): ProbeAnswer | undefined {
  const text = printable(line);
  const version = /^VERSION (\S+)$/.exec(text)?.[1];
  if (version !== undefined) return { protocol: "memcached", fields: { open: true, version }, text };
  const refused = /^(CLIENT|SERVER)_ERROR (.*)$/.exec(text)?.[2];
  return refused === undefined ? undefined : { protocol: "memcached", fields: { open: false, error: refused }, text };
}
