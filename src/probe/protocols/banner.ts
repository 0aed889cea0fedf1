import type { ProbeProtocol } from "../protocol.ts";
import { noMore } from "./wire/lines.ts";
import { printableLines } from "./wire/text.ts";

/** What a TCP service of which nothing is known says by itself. It has no name and no port: whoever wants it asks for it. */
export const banner: ProbeProtocol = {
  name: "banner",
  services: [],
  ports: [],
  tcp: () => ({
    next(received, ended) {
      if (received.length === 0) return ended ? { foreign: true } : { more: true };
      // A line is as much as one can wait for: what is no line is shown when nothing more comes.
      if (!noMore(received, ended) && received.at(-1) !== 0x0a) return { more: true };
      return { answer: { protocol: "unknown", fields: { bytes: received.length }, text: printableLines(received) } };
    },
  }),
};
