import type { Conversation, ProbeAnswer, ProbeProtocol, TlsFacts } from "../protocol.ts";
import { negotiation } from "./rdp/negotiation.ts";
import { join } from "./wire/bytes.ts";
import { withTls } from "./wire/tls.ts";

/**
 * The Remote Desktop Protocol (MS-RDPBCGR): which security the server chooses, and its certificate where that brings one.
 * The conversation ends before a user is named.
 */
export const rdp: ProbeProtocol = {
  name: "rdp",
  services: ["ms-wbt-server", "rdp"],
  ports: [{ protocol: "tcp", port: 3389 }],
  tcp: conversation,
};

/** TLS, CredSSP, and CredSSP that says early whether the user may: what a client of today offers (section 2.2.1.1.1). */
const OFFERED = 0x01 | 0x02 | 0x08;

/** A connection request of X.224 (section 13.3) with a request to negotiate, in a packet of TPKT (RFC 1006 section 6). */
const REQUEST = join(
  ...[Uint8Array.of(3, 0, 0, 19), Uint8Array.of(14, 0xe0, 0, 0, 0, 0, 0)],
  ...[Uint8Array.of(0x01, 0, 8, 0), Uint8Array.of(OFFERED, 0, 0, 0)],
);

const TPKT = 4;
/** The confirmation with a negotiation has 19 bytes; more than that nobody says here. */
const LONGEST = 256;

function conversation(): Conversation {
  let understood: ProbeAnswer | undefined;
  const told = (answer: ProbeAnswer, tls?: TlsFacts) => ({ answer: withTls(answer, tls) });
  return {
    first: REQUEST,
    next(received, ended, tls) {
      // The handshake is done, or came to nothing.
      if (understood !== undefined) return told(understood, tls);
      const length = received.length < TPKT ? TPKT : ((received[2] ?? 0) << 8) | (received[3] ?? 0);
      if (received.length > 0 && (received[0] !== 3 || length > LONGEST)) return { foreign: true };
      if (received.length < length && !ended) return { more: true };
      const found = negotiation(received.subarray(TPKT, length));
      if (found === undefined) return { foreign: true };
      const answer = { protocol: "rdp", fields: found.fields };
      if (ended || !found.encrypted) return told(answer);
      understood = answer;
      return { startTls: true };
    },
  };
}
