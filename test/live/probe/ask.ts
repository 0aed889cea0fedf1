import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { ProbeAnswer, ProbeContext, ProbeProtocol, Step, TlsFacts } from "../../../src/probe/protocol.ts";
import { secure } from "./secure.ts";

/** What came of a question: the answer, where there is one, and what the server sent, one entry for each reply. */
export type Told = { answer?: ProbeAnswer; replies: Uint8Array[] };

/** No reply after that many milliseconds: the wait is over. */
const PATIENCE = 1000;

/** Has a conversation over one connection, with Node's own sockets; `authority` is the file of one to trust. */
export async function askTcp(protocol: ProbeProtocol, context: ProbeContext, authority?: string): Promise<Told> {
  const conversation = protocol.tcp?.(context);
  if (conversation === undefined) throw new Error(`${protocol.name} does not speak TCP`);
  const trust = { name: context.name ?? context.address, ...(authority !== undefined && { authority }) };
  let socket: Socket = connect(context.port, context.address);
  await once(socket, "connect");
  let tls: TlsFacts | undefined;
  const encrypt = async (offered: readonly string[] = []) => {
    const encrypted = await secure(socket, { ...trust, offered });
    [socket, tls] = [encrypted.socket, encrypted.facts];
  };
  if (protocol.tls) await encrypt(protocol.applicationProtocols);
  const replies: Uint8Array[] = [];
  let received = Buffer.alloc(0);
  // After a handshake there is nothing to wait for: the conversation goes on by itself.
  let goesOn = false;
  try {
    if (conversation.first !== undefined) socket.write(conversation.first);
    for (;;) {
      const part: Buffer | undefined = goesOn ? Buffer.alloc(0) : await next(socket);
      goesOn = false;
      received = Buffer.concat([received, part ?? Buffer.alloc(0)]);
      const step: Step = conversation.next(received, part === undefined, tls);
      if ("more" in step) continue;
      if (received.length > 0) replies.push(received);
      received = Buffer.alloc(0);
      if ("answer" in step) {
        if (step.goodbye !== undefined) socket.end(step.goodbye);
        return { answer: step.answer, replies };
      }
      if ("foreign" in step) return { replies };
      if ("send" in step) socket.write(step.send);
      else {
        if (step.announce !== undefined) socket.write(step.announce);
        goesOn = await encrypt().then(
          () => true,
          () => false,
        );
      }
    }
  } finally {
    socket.end(() => socket.destroy());
  }
}

/** What comes next; undefined where the server closed, or the wait is over. */
async function next(socket: Socket): Promise<Buffer | undefined> {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), PATIENCE);
  const ended = Promise.race([once(socket, "end", end), once(socket, "error", end), once(socket, "close", end)]);
  const part = socket.readableEnded ? undefined : once(socket, "data", end).then(([data]) => data as Buffer);
  try {
    return await Promise.race([part, ended.then(() => undefined)]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
    end.abort();
    ended.catch(() => {});
    part?.catch(() => {});
  }
}

/**
 * Asks over UDP, with each version of the question in turn, and waits for the first reply that is read; where `only` is
 * given, with that version alone.
 */
export async function askUdp(protocol: ProbeProtocol, context: ProbeContext, only?: number): Promise<Told> {
  const exchange = protocol.udp?.(context);
  if (exchange === undefined) throw new Error(`${protocol.name} does not speak UDP`);
  const socket = createSocket(context.address.includes(":") ? "udp6" : "udp4");
  try {
    socket.bind(protocol.sourcePort ?? 0);
    await once(socket, "listening");
    const versions = [exchange.request, ...(exchange.further ?? [])];
    for (const request of only === undefined ? versions : versions.slice(only, only + 1)) {
      socket.send(request, context.port, context.address);
      const told = await firstReply(socket, (reply, port) => {
        const expected = port === context.port || protocol.answersFromAnyPort === true;
        return expected ? exchange.read(reply) : undefined;
      });
      if (told !== undefined) return told;
    }
    return { replies: [] };
  } finally {
    socket.close();
  }
}

async function firstReply(
  socket: UdpSocket,
  read: (reply: Buffer, port: number) => ProbeAnswer | undefined,
): Promise<Told | undefined> {
  const signal = AbortSignal.timeout(PATIENCE);
  while (!signal.aborted) {
    const [reply, from] = await once(socket, "message", { signal }).catch(() => []);
    const answer = reply && read(reply, from.port);
    if (answer !== undefined) return { answer, replies: [reply] };
  }
  return undefined;
}
