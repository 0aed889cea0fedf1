import type {
  Conversation,
  Exchange,
  ProbeAnswer,
  ProbeContext,
  ProbeProtocol,
  Step,
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

/** Plays a server that gives one reply to each thing the client says, byte by byte, and closes after the last. */
export function converse(protocol: ProbeProtocol, replies: (Uint8Array | string)[]): Course {
  const conversation = conversationOf(protocol);
  const sent = conversation.first === undefined ? [] : [conversation.first];
  for (const reply of [...replies, ""]) {
    const step = hear(conversation, Buffer.from(reply));
    if ("answer" in step) return { sent, ...step };
    if ("foreign" in step) return { sent, ...step };
    if ("send" in step) sent.push(step.send);
    if (sent.length > MOST_STEPS) break;
  }
  throw new Error("the server closed, and there is no conclusion");
}

/** The step after `reply`: the first that is not to wait for more. An empty reply is the end. */
function hear(conversation: Conversation, reply: Uint8Array): Step {
  for (let length = 1; length <= reply.length; length++) {
    const step = conversation.next(reply.subarray(0, length), false);
    if (!("more" in step)) return step;
  }
  return conversation.next(reply, true);
}
