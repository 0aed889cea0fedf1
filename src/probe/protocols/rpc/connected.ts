import type { Conversation, Step } from "../../protocol.ts";
import { join } from "../wire/bytes.ts";
import { parsed, Reader } from "../wire/reader.ts";
import { Endpoints, statusText } from "./answer.ts";
import { EPT_LOOKUP, lookup, readLookup, START } from "./lookup.ts";
import { bind, PDU, type Pdu, readPdus, request } from "./pdu.ts";
import { MAPPER, NDR } from "./uuid.ts";

/** So many endpoints with each question, and so many questions: Windows gives 500 at most. */
const [MOST, QUESTIONS] = [500, 64];
/** An answer of 500 endpoints has about 100 kB. */
const LONGEST = 524_288;
/** Of a response: hint, context, cancels (C706 section 12.6.4.10). */
const RESPONSE_HEADER = 8;

/** Binds to the endpoint mapper over one connection, and asks for endpoints until there are no more. */
export function connectedLookup(): Conversation {
  let bound = false;
  let questions = 0;
  const endpoints = new Endpoints();
  const ask = (handle: Uint8Array): Step => {
    questions++;
    return { send: request(EPT_LOOKUP, lookup(handle, MOST)) };
  };
  const done = (complete: boolean, error?: string): Step => ({ answer: endpoints.answer(complete, error) });
  return {
    first: bind([MAPPER, 3], [NDR, 2]),
    next(received, ended) {
      const pdus = startsLikeRpc(received) ? parsed(() => readPdus(received.subarray(0, LONGEST))) : undefined;
      if (pdus === undefined) return bound ? done(false, "malformed") : { foreign: true };
      const last = pdus.find((pdu) => pdu.last);
      if (last === undefined) {
        if (!ended && received.length < LONGEST) return { more: true };
        return bound ? done(false, ended ? "cut off" : "too long") : { foreign: true };
      }
      if (last.type === PDU.fault) return done(false, `fault ${faultOf(last)}`);
      if (last.type === PDU.bindNak) return done(false, "refused to bind");
      if (!bound) {
        if (last.type !== PDU.bindAck) return { foreign: true };
        bound = true;
        return ended ? done(false, "cut off") : ask(START);
      }
      const found = last.type === PDU.response ? readLookup(stubOf(pdus), last.order, MOST) : undefined;
      if (found === undefined) return done(false, "malformed");
      endpoints.add(found);
      if (found.status !== undefined) return done(false, `status ${statusText(found.status)}`);
      if (found.handle === undefined) return done(true);
      return ended || questions >= QUESTIONS ? done(false) : ask(found.handle);
    },
  };
}

/** Version 5, and a kind of message that a server sends. */
function startsLikeRpc(bytes: Uint8Array): boolean {
  const [version = 5, , type = PDU.response] = bytes;
  return version === 5 && [PDU.response, PDU.fault, PDU.bindAck, PDU.bindNak].includes(type);
}

/** The results, put together from the fragments. */
function stubOf(pdus: Pdu[]): Uint8Array {
  const last = pdus.findIndex((pdu) => pdu.last);
  return join(...pdus.slice(0, last + 1).map((pdu) => pdu.body.subarray(RESPONSE_HEADER)));
}

function faultOf({ body, order }: Pdu): string {
  const status = parsed(() => {
    const reader = new Reader(body, order);
    reader.skip(RESPONSE_HEADER);
    return reader.u32();
  });
  return status === undefined ? "without a status" : statusText(status);
}
