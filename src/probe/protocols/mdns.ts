import { type Answer, type DecodedPacket, decode, encode } from "dns-packet";
import type { ProbeAnswer, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { reverseName } from "./dns/reverse-name.ts";
import { buffer, same } from "./wire/bytes.ts";
import { shown } from "./wire/text.ts";

/**
 * Multicast DNS (RFC 6762), asked by unicast from a port other than 5353, which makes the reply come to whoever asked
 * (section 6.7): the kinds of services that the machine offers (RFC 6763 section 9), and its name in `.local`. A responder
 * answers its own network only (section 11).
 */
export const mdns: ProbeProtocol = {
  name: "mdns",
  services: ["mdns"],
  ports: [{ protocol: "udp", port: 5353 }],
  udp: (context) => ({ request: question(context), read: (datagram) => answer(datagram, context) }),
};

const KINDS = "_services._dns-sd._udp.local";
/** More names are counted, and not shown. */
const MOST = 128;

function question({ nonce, address }: ProbeContext): Uint8Array {
  const names = [KINDS, reverseName(address)];
  const questions = names.map((name) => ({ type: "PTR" as const, name }));
  return encode({ type: "query", id: buffer(nonce).readUInt16BE(), questions });
}

function answer(datagram: Uint8Array, { nonce, address }: ProbeContext): ProbeAnswer | undefined {
  if (!same(datagram.subarray(0, 2), nonce.subarray(0, 2))) return undefined;
  const packet = decoded(datagram);
  if (packet?.type !== "response") return undefined;
  const kinds = pointers(packet, KINDS).map((kind) => kind.replace(/\.local$/, ""));
  const [host] = pointers(packet, reverseName(address));
  const services = kinds.slice(0, MOST);
  return { protocol: "mdns", fields: { ...(host !== undefined && { host }), services, serviceCount: kinds.length } };
}

/** Where the records of a name point to, in the order of the alphabet: responders give them in any. */
function pointers({ answers = [] }: DecodedPacket, name: string): string[] {
  const ours = (record: Answer) => record.type === "PTR" && record.name.toLowerCase() === name.toLowerCase();
  return answers
    .filter(ours)
    .map((record) => ("data" in record && typeof record.data === "string" ? shown(record.data) : ""))
    .sort();
}

/** The library throws errors of several kinds at what is no message, and tells none of them apart. */
function decoded(message: Uint8Array): DecodedPacket | undefined {
  try {
    return decode(buffer(message));
  } catch {
    return undefined;
  }
}
