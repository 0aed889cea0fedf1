import type { Conversation, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { call } from "./portmap/call.ts";
import { readPrograms } from "./portmap/programs.ts";
import { buffer, join, u32 } from "./wire/bytes.ts";

/** The port mapper of ONC RPC (RFC 1833 section 3): which programs are registered, and on which ports: NFS among them. */
export const portmap: ProbeProtocol = {
  name: "portmap",
  services: ["sunrpc", "portmapper", "rpcbind"],
  ports: [
    { protocol: "udp", port: 111 },
    { protocol: "tcp", port: 111 },
  ],
  udp: (context) => ({ request: call(context), read: (datagram) => readPrograms(datagram, context) }),
  tcp: conversation,
};

/** A message over TCP comes in fragments with their length before them, and a bit in the last one (RFC 5531 section 11). */
const LAST = 0x8000_0000;
const PREFIX = 4;
/** A longer message is not waited for. */
const LONGEST = 65_536;

function conversation(context: ProbeContext): Conversation {
  const asked = call(context);
  return {
    first: join(u32(LAST + asked.length), asked),
    next(received, ended) {
      const record = fragments(received);
      if (record.foreign) return { foreign: true };
      if (!record.whole && !ended) return { more: true };
      const found = readPrograms(record.bytes, context);
      return found === undefined ? { foreign: true } : { answer: found };
    },
  };
}

/** The fragments up to the last one that came, in a row. */
function fragments(received: Uint8Array): { bytes: Uint8Array; whole: boolean; foreign: boolean } {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (let whole = false; !whole; ) {
    if (received.length < at + PREFIX) return { bytes: join(...parts), whole: false, foreign: false };
    const mark = buffer(received).readUInt32BE(at);
    const length = mark % LAST;
    // An empty fragment leads nowhere.
    if (length === 0 || at + length > LONGEST) return { bytes: join(), whole: false, foreign: true };
    const part = received.subarray(at + PREFIX, at + PREFIX + length);
    parts.push(part);
    if (part.length < length) return { bytes: join(...parts), whole: false, foreign: false };
    whole = mark >= LAST;
    at += PREFIX + length;
  }
  return { bytes: join(...parts), whole: true, foreign: false };
}
