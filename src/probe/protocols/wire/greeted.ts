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
  /** What a client says before it closes. */
  goodbye: string;
  /** What is known then; without a reply where the server gave none that makes sense. */
  answer(greeting: G, reply?: R): ProbeAnswer;
};

/** The conversation by which a client gets a server's greeting and its answer to one question. */
export function greeted<G extends object, R extends object>(protocol: Greeted<G, R>): Conversation {
  let greeting: G | undefined;
  const goodbye = join(`${protocol.goodbye}\r\n`);
  return {
    next(received, ended, tls) {
      const told = (facts: ProbeAnswer) => ({ answer: withTls(facts, tls), ...(ended ? {} : { goodbye }) });
      if (greeting === undefined) {
        const heard = protocol.greeting(received, ended);
        if (heard === "foreign" || (heard === "unfinished" && ended)) return { foreign: true };
        if (heard === "unfinished") return { more: true };
        const question = ended ? undefined : protocol.question(heard);
        if (question === undefined) return told(protocol.answer(heard));
        greeting = heard;
        return { send: join(`${question}\r\n`) };
      }
      const heard = protocol.reply(received, ended);
      if (heard === "unfinished" && !ended) return { more: true };
      return told(typeof heard === "object" ? protocol.answer(greeting, heard) : protocol.answer(greeting));
    },
  };
}
