import type { Conversation, ProbeAnswer } from "../../protocol.ts";
import { join } from "./bytes.ts";
import { withTls } from "./tls.ts";

/** What was read of a reply: the reply, that it is not whole yet, or that it is none of this protocol. */
export type Heard<R> = R | "unfinished" | "foreign";

/** A protocol in which the server greets, is asked one thing, and answers. */
export type Greeted<G, R> = {
  greeting(received: Uint8Array, ended: boolean): Heard<G>;
  /** What is asked after that greeting; undefined where the greeting says it all. */
  question(greeting: G): string | undefined;
  reply(received: Uint8Array, ended: boolean): Heard<R>;
  /** What is known then; without a reply where the server gave none that makes sense. */
  answer(greeting: G, reply?: R): ProbeAnswer;
};

/** The conversation by which a client gets a server's greeting and its answer to one question. */
export function greeted<G extends object, R extends object>(protocol: Greeted<G, R>): Conversation {
  let greeting: G | undefined;
  return {
    next(received, ended, tls) {
      if (greeting === undefined) {
        const heard = protocol.greeting(received, ended);
        if (heard === "foreign") return { foreign: true };
        if (heard === "unfinished") return ended ? { foreign: true } : { more: true };
        const question = ended ? undefined : protocol.question(heard);
        if (question === undefined) return { answer: withTls(protocol.answer(heard), tls) };
        greeting = heard;
        return { send: join(`${question}\r\n`) };
      }
      const heard = protocol.reply(received, ended);
      if (typeof heard === "object") return { answer: withTls(protocol.answer(greeting, heard), tls) };
      if (heard === "unfinished" && !ended) return { more: true };
      return { answer: withTls(protocol.answer(greeting), tls) };
    },
  };
}
