import type { Conversation, ProbeAnswer, ProbeProtocol } from "../protocol.ts";
import { greeting, sslRequest } from "./mysql/greeting.ts";
import { buffer } from "./wire/bytes.ts";
import { withTls } from "./wire/tls.ts";

/**
 * MySQL and MariaDB ("Client/Server Protocol", connection phase): the greeting, and the certificate where the server
 * encrypts. No user is named. A server counts connections that end before that, and after a hundred of them in a row, by
 * default, admits nobody from that address before somebody clears its list (`max_connect_errors`): this is no probe to
 * repeat every minute.
 */
export const mysql: ProbeProtocol = {
  name: "mysql",
  services: ["mysql"],
  ports: [{ protocol: "tcp", port: 3306 }],
  tcp: conversation,
};

const HEADER = 4;
/** A longer greeting is none. */
const LONGEST = 1024;

function conversation(): Conversation {
  let understood: ProbeAnswer | undefined;
  return {
    next(received, ended, tls) {
      if (understood !== undefined) return { answer: withTls(understood, tls) };
      if (received.length < HEADER) return ended ? { foreign: true } : { more: true };
      const length = buffer(received).readUIntLE(0, 3);
      // The first packet of a connection has the number 0.
      if (length === 0 || length > LONGEST || received[3] !== 0) return { foreign: true };
      if (received.length < HEADER + length && !ended) return { more: true };
      const found = greeting(received.subarray(HEADER, HEADER + length));
      if (found === undefined) return { foreign: true };
      const answer = { protocol: "mysql", fields: found.fields, text: found.text };
      if (ended || !found.encrypts) return { answer };
      understood = answer;
      return { startTls: true, announce: sslRequest() };
    },
  };
}
