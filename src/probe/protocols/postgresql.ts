import type { Conversation, ProbeAnswer, ProbeProtocol, Step, TlsFacts } from "../protocol.ts";
import { errorMessage } from "./postgresql/error-message.ts";
import { join, u16, u32 } from "./wire/bytes.ts";
import { withTls } from "./wire/tls.ts";

/**
 * PostgreSQL (its manual, "Frontend/Backend Protocol"): whether it encrypts, its certificate, and what it says to a version
 * of the protocol that does not exist. The server refuses that before it looks at who asks, so no user is named, and which
 * versions it knows stands in its refusal.
 */
export const postgresql: ProbeProtocol = {
  name: "postgresql",
  services: ["postgresql", "postgres"],
  ports: [{ protocol: "tcp", port: 5432 }],
  tcp: conversation,
};

/** The request to encrypt ("Message Formats", SSLRequest). */
const SSL_REQUEST = join(u32(8), u32(80_877_103));
/** A start-up message of version 255.255, without parameters. */
const START = join(u32(9), u16(255), u16(255), Uint8Array.of(0));

const [YES, NO] = [0x53, 0x4e];

function conversation(): Conversation {
  let state: "asked" | "encrypting" | "started" = "asked";
  let encryption: string | undefined;
  const told = (error: ProbeAnswer["fields"], tls: TlsFacts | undefined): Step => {
    const fields = { ...(encryption !== undefined && { encryption }), ...error };
    return { answer: withTls({ protocol: "postgresql", fields }, tls) };
  };
  return {
    first: SSL_REQUEST,
    next(received, ended, tls) {
      const [said] = received;
      if (state === "encrypting") {
        // The handshake is done, or came to nothing.
        if (ended) return told({}, tls);
        state = "started";
        return { send: START };
      }
      if (state === "asked" && received.length === 1 && (said === YES || said === NO)) {
        encryption = said === YES ? "offered" : "refused";
        if (ended) return told({}, tls);
        state = said === YES ? "encrypting" : "started";
        return said === YES ? { startTls: true } : { send: START };
      }
      // A server that is full, or older than encryption, answers the first request with an error.
      const found = errorMessage(received, ended);
      if (found === "unfinished") return { more: true };
      if (found === "foreign") return state === "asked" ? { foreign: true } : told({}, tls);
      return told(found, tls);
    },
  };
}
