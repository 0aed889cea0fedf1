import type { ProbeContext, ProbeProtocol } from "../protocol.ts";
import { join } from "./wire/bytes.ts";
import { headLength, LONGEST_HEAD, readResponseHead, startsLike, toldHeaders } from "./wire/response-head.ts";
import { printableLines } from "./wire/text.ts";

/** RTSP (RFC 2326 section 10.1), which cameras speak: asks what the server can do. Nothing is played. */
export const rtsp: ProbeProtocol = {
  name: "rtsp",
  services: ["rtsp", "rtsp-alt"],
  ports: [
    { protocol: "tcp", port: 554 },
    { protocol: "tcp", port: 8554 },
  ],
  tcp: (context) => ({
    first: join(options(context)),
    next(received, ended) {
      if (!startsLike("RTSP", received)) return { foreign: true };
      const length = headLength(received);
      if (length === undefined && !ended && received.length < LONGEST_HEAD) return { more: true };
      const head = received.subarray(0, length ?? LONGEST_HEAD);
      const found = readResponseHead("RTSP", head);
      if (found === undefined) return { foreign: true };
      const { headers, ...status } = found;
      const fields = { ...status, ...toldHeaders(headers, TOLD) };
      return { answer: { protocol: "rtsp", fields, text: printableLines(head) } };
    },
  }),
};

/** Version 1.0: servers of 2.0 answer it too, and say which they speak (RFC 7826 section 11). */
function options({ name, address, port }: ProbeContext): string {
  const bare = address.replace(/%.*/, "");
  const host = name ?? (bare.includes(":") ? `[${bare}]` : bare);
  return `OPTIONS rtsp://${host}:${port}/ RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: portolan\r\n\r\n`;
}

/** The headers that say what answers there, and the field that each becomes. */
const TOLD: { [header: string]: string } = {
  server: "server",
  public: "methods",
  "www-authenticate": "authenticate",
};
