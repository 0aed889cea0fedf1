import type { ProbeAnswer } from "../../protocol.ts";
import { type Element, Elements, ENUMERATED, elementLength, INTEGER, OCTETS, SEQUENCE } from "../wire/ber.ts";
import { parsed } from "../wire/reader.ts";
import { printable, textOrHex } from "../wire/text.ts";

/** What came of the reply to a search. */
export type Reply = {
  /** Whether the last message of it came. */
  done: boolean;
  /** The root's attributes, with all their values; absent while there is no entry. */
  attributes?: Map<string, string[]>;
  result?: { code: number; message: string };
};

/** The entry, the end of the search, and what a server says by itself (RFC 4511 sections 4.5.2 and 4.4). */
const [ENTRY, DONE, EXTENDED] = [0x64, 0x65, 0x78];
/** A set of values. */
const SET = 0x31;

/** One entry and the end are a whole reply; references (RFC 4511 section 4.5.3) may stand between. */
const MOST_MESSAGES = 16;

/** Beyond these numbers the rest is left out; a large directory has some hundred naming contexts. */
const MOST_ATTRIBUTES = 256;
const MOST_VALUES = 1024;

/** Results that a server gives to whoever asks without a name (RFC 4511 section 4.1.9). */
const RESULTS: { [code: number]: string } = {
  0: "success",
  1: "operationsError",
  2: "protocolError",
  3: "timeLimitExceeded",
  8: "strongerAuthRequired",
  11: "adminLimitExceeded",
  13: "confidentialityRequired",
  32: "noSuchObject",
  48: "inappropriateAuthentication",
  50: "insufficientAccessRights",
  51: "busy",
  52: "unavailable",
  53: "unwillingToPerform",
  80: "other",
};

/** Reads the messages that are whole; undefined where they are no LDAP, or belong to another question. */
export function readReply(received: Uint8Array, id: number): Reply | undefined {
  return parsed(() => {
    const reply: Reply = { done: false };
    let messages = 0;
    for (let rest = received; rest.length > 0 && !reply.done; messages++) {
      if (rest[0] !== SEQUENCE || messages === MOST_MESSAGES) return undefined;
      const length = elementLength(rest);
      if (length === undefined || length > rest.length) break;
      const message = new Elements(rest.subarray(0, length)).next().inside();
      if (!take(message, id, reply)) return undefined;
      rest = rest.subarray(length);
    }
    return reply;
  });
}

/** The answer, where the reply holds an entry or a result. */
export function resultAnswer({ attributes, result }: Reply): ProbeAnswer | undefined {
  if (attributes === undefined && result === undefined) return undefined;
  const fields = {
    ...(result && { result: RESULTS[result.code] ?? `code ${result.code}` }),
    ...(result?.message && { message: result.message }),
    ...(attributes && { attributes: Object.fromEntries(attributes) }),
  };
  return { protocol: "ldap", fields };
}

function take(message: Elements, id: number, reply: Reply): boolean {
  const [theirs, operation] = [message.next(INTEGER).integer(), message.next()];
  // The server ends a session by itself with a message of id 0 (RFC 4511 section 4.4.1).
  if (theirs !== id && !(theirs === 0 && operation.tag === EXTENDED)) return false;
  if (operation.tag === ENTRY) reply.attributes = entry(operation.inside());
  else if (operation.tag === DONE || operation.tag === EXTENDED) {
    reply.done = true;
    reply.result = result(operation.inside());
  }
  return true;
}

function entry(inside: Elements): Map<string, string[]> {
  // The name, which is empty.
  inside.next(OCTETS);
  const attributes = new Map<string, string[]>();
  const list = inside.next(SEQUENCE).inside();
  while (list.left > 0 && attributes.size < MOST_ATTRIBUTES) {
    const attribute = list.next(SEQUENCE).inside();
    const name = attribute.next(OCTETS);
    attributes.set(printable(name.content), values(attribute.next(SET)));
  }
  return attributes;
}

function values(set: Element): string[] {
  const found: string[] = [];
  const elements = set.inside();
  while (elements.left > 0 && found.length < MOST_VALUES) found.push(textOrHex(elements.next(OCTETS).content));
  return found;
}

function result(inside: Elements): { code: number; message: string } {
  const code = inside.next(ENUMERATED).integer();
  inside.next(OCTETS);
  return { code, message: printable(inside.next(OCTETS).content) };
}
