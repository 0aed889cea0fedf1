import type { Conversation, ProbeProtocol } from "../protocol.ts";
import { greeted } from "./wire/greeted.ts";
import { type NumberedReply, numberedReply } from "./wire/numbered-reply.ts";

/** SMTP (RFC 5321), for relay and submission (RFC 6409): the greeting, and the extensions that EHLO lists. */
export const smtp: ProbeProtocol = {
  name: "smtp",
  services: ["smtp", "mail", "submission"],
  ports: [
    { protocol: "tcp", port: 25 },
    { protocol: "tcp", port: 587 },
  ],
  tcp: conversation,
};

/** Submission inside TLS (RFC 8314 section 3.3). */
export const smtps: ProbeProtocol = {
  name: "smtps",
  services: ["submissions", "smtps", "ssmtp"],
  ports: [{ protocol: "tcp", port: 465 }],
  tls: true,
  tcp: conversation,
};

/** Ready, not available, no service here (RFC 5321 section 4.2.3). */
const GREETINGS = [220, 421, 554];

function conversation(): Conversation {
  return greeted<NumberedReply, NumberedReply>({
    greeting(received, ended) {
      const reply = numberedReply(received, ended);
      if (typeof reply !== "object") return reply;
      // FTP greets with 220 and 421 too, and mostly says its name.
      const isFtp = /ftp/i.test(reply.text) && !/smtp/i.test(reply.text);
      return GREETINGS.includes(reply.code) && !isFtp ? reply : "foreign";
    },
    // A client without a name gives an address (RFC 5321 section 4.1.3); which one it has is none of the server's business.
    question: (greeting) => (greeting.code === 220 ? "EHLO [127.0.0.1]" : undefined),
    reply: numberedReply,
    goodbye: "QUIT",
    answer: (greeting, reply) => ({
      protocol: "smtp",
      fields: {
        code: greeting.code,
        banner: greeting.lines.join(" "),
        ...(reply && { ehloCode: reply.code }),
        // The first line greets back, each other one names an extension (RFC 5321 section 4.1.1.1).
        ...(reply &&
          (reply.code === 250 ? { extensions: reply.lines.slice(1) } : { ehloReply: reply.lines.join(" ") })),
      },
      text: reply === undefined ? greeting.text : `${greeting.text}\n${reply.text}`,
    }),
  });
}
