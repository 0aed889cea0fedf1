import type { ProbeAnswer, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { readMessage } from "./coap/message.ts";
import { join, same } from "./wire/bytes.ts";
import { printable } from "./wire/text.ts";

/** CoAP (RFC 7252), which small devices speak: asks which resources there are (RFC 6690 section 4). */
export const coap: ProbeProtocol = {
  name: "coap",
  services: ["coap"],
  ports: [{ protocol: "udp", port: 5683 }],
  udp: (context) => ({ request: request(context), read: (datagram) => answer(datagram, context) }),
};

const GET = 0x01;
/** Version 1, a message to be confirmed, and a token of 4 bytes (RFC 7252 section 3). */
const FIRST = 0x44;
const [ACKNOWLEDGEMENT, RESET] = [2, 3];
/** The parts of a path; each option says how far its number is from the last one's, and its length (section 3.1). */
const URI_PATH = 11;

/** The number of the message, and the token that a response repeats. */
function names({ nonce }: ProbeContext): { id: Uint8Array; token: Uint8Array } {
  return { id: nonce.subarray(0, 2), token: nonce.subarray(2, 6) };
}

function request(context: ProbeContext): Uint8Array {
  const { id, token } = names(context);
  const path = [Uint8Array.of((URI_PATH << 4) | 11), ".well-known", Uint8Array.of(4), "core"];
  return join(Uint8Array.of(FIRST, GET), id, token, ...path);
}

/** More resources are counted, and not shown. */
const MOST = 128;

/** A response, in the acknowledgement or after it, or the refusal to speak; undefined where it answers somebody else. */
function answer(datagram: Uint8Array, context: ProbeContext): ProbeAnswer | undefined {
  const { id, token } = names(context);
  const found = readMessage(datagram);
  if (found === undefined) return undefined;
  const ours = same(found.id, id);
  if (found.type === RESET && ours) return { protocol: "coap", fields: { reset: true } };
  // An empty acknowledgement says that the response will come by itself.
  if (found.code === 0 || !same(found.token, token)) return undefined;
  if (found.type === ACKNOWLEDGEMENT && !ours) return undefined;
  const links = printable(found.payload, 4096);
  const resources = [...links.matchAll(/<([^>]*)>/g)].map((match) => match[1] ?? "");
  const fields = {
    code: `${found.code >> 5}.${String(found.code & 31).padStart(2, "0")}`,
    resources: resources.slice(0, MOST),
    resourceCount: resources.length,
    ...(found.goesOn && { truncated: true }),
  };
  return { protocol: "coap", fields, ...(links !== "" && { text: links }) };
}
