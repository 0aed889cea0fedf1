import type {
  Conversation,
  Exchange,
  ProbeAnswer,
  ProbeContext,
  ProbeProtocol,
  Step,
  TlsFacts,
} from "../../../src/probe/protocol.ts";
import { question } from "../question.ts";

/** How a conversation went: what the client sent, and what it concluded. */
export type Course = { sent: Uint8Array[]; answer?: ProbeAnswer; goodbye?: Uint8Array; foreign?: true };

/** No conversation asks more often. */
const MOST_STEPS = 100;

/** What the protocol asks over UDP, and how it reads what comes. */
export function exchangeOf(protocol: ProbeProtocol, changed?: Partial<ProbeContext>): Exchange {
  const exchange = protocol.udp?.(question(changed));
  if (exchange === undefined) throw new Error(`${protocol.name} does not speak UDP`);
  return exchange;
}

/** The conversation that the protocol has over TCP. */
export function conversationOf(protocol: ProbeProtocol, changed?: Partial<ProbeContext>): Conversation {
  const conversation = protocol.tcp?.(question(changed));
  if (conversation === undefined) throw new Error(`${protocol.name} does not speak TCP`);
  return conversation;
}

/** What a handshake tells in these tests. */
export const FACTS: TlsFacts = { version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384" };

/**
 * Plays a server that gives one reply to each thing the client says, byte by byte, and closes after the last. Handshakes
 * succeed, and take no reply.
 */
export function converse(
  protocol: ProbeProtocol,
  replies: (Uint8Array | string)[],
  changed?: Partial<ProbeContext>,
): Course {
  const conversation = conversationOf(protocol, changed);
  const sent = conversation.first === undefined ? [] : [conversation.first];
  let tls: TlsFacts | undefined;
  for (const reply of [...replies, ""]) {
    let step = hear(conversation, Buffer.from(reply), tls);
    if ("startTls" in step) {
      if (step.announce !== undefined) sent.push(step.announce);
      tls = FACTS;
      step = conversation.next(new Uint8Array(), false, tls);
    }
    if ("answer" in step) return { sent, ...step };
    if ("foreign" in step) return { sent, ...step };
    if ("send" in step) sent.push(step.send);
    if (sent.length > MOST_STEPS) break;
  }
  throw new Error("the server closed, and there is no conclusion");
}

/** The step after `reply`: the first that is not to wait for more. An empty reply is the end. */
function hear(conversation: Conversation, reply: Uint8Array, tls: TlsFacts | undefined): Step {
  for (let length = 1; length <= reply.length; length++) {
    const step = conversation.next(reply.subarray(0, length), false, tls);
    if (!("more" in step)) return step;
  }
  return conversation.next(reply, true, tls);
}
