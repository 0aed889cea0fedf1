import type { Conversation, ProbeProtocol } from "../protocol.ts";
import { greeted } from "./wire/greeted.ts";
import { type NumberedReply, numberedReply } from "./wire/numbered-reply.ts";

/**
 * FTP (RFC 959): the greeting, and what the server says to an anonymous user. No password is sent, so that nobody is
 * logged in and no login fails.
 */
export const ftp: ProbeProtocol = {
  name: "ftp",
  services: ["ftp"],
  ports: [{ protocol: "tcp", port: 21 }],
  tcp: conversation,
};

/** FTP inside TLS (RFC 4217). */
export const ftps: ProbeProtocol = {
  name: "ftps",
  services: ["ftps"],
  ports: [{ protocol: "tcp", port: 990 }],
  tls: true,
  tcp: conversation,
};

/** Ready, ready in some minutes, not available, not logged in (RFC 959 section 5.4). */
const GREETINGS = [220, 120, 421, 530];

function conversation(): Conversation {
  return greeted<NumberedReply, NumberedReply>({
    greeting(received, ended) {
      const reply = numberedReply(received, ended);
      if (typeof reply !== "object") return reply;
      // SMTP greets with 220 and 421 too, and mostly says its name.
      const isSmtp = /smtp/i.test(reply.text) && !/ftp/i.test(reply.text);
      return GREETINGS.includes(reply.code) && !isSmtp ? reply : "foreign";
    },
    question: (greeting) => (greeting.code === 220 ? "USER anonymous" : undefined),
    reply: numberedReply,
    goodbye: "QUIT",
    answer: (greeting, reply) => ({
      protocol: "ftp",
      fields: {
        code: greeting.code,
        banner: greeting.lines.join(" "),
        ...(reply && { anonymousCode: reply.code, anonymousReply: reply.lines.join(" ") }),
      },
      text: reply === undefined ? greeting.text : `${greeting.text}\n${reply.text}`,
    }),
  });
}
