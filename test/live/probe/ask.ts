import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { connect as secured } from "node:tls";
import type { ProbeAnswer, ProbeContext, ProbeProtocol, Step, TlsFacts } from "../../../src/probe/protocol.ts";

/** What came of a question: the answer, where there is one, and what the server sent, one entry for each reply. */
export type Told = { answer?: ProbeAnswer; replies: Uint8Array[] };

/** No reply after that many milliseconds: the wait is over. */
const PATIENCE = 1000;

/** Has a conversation over one connection, with Node's own sockets. */
export async function askTcp(protocol: ProbeProtocol, context: ProbeContext): Promise<Told> {
  const conversation = protocol.tcp?.(context);
  if (conversation === undefined) throw new Error(`${protocol.name} does not speak TCP`);
  const { socket, tls } = await connected(protocol, context);
  const replies: Uint8Array[] = [];
  let received = Buffer.alloc(0);
  try {
    if (conversation.first !== undefined) socket.write(conversation.first);
    for (;;) {
      const part = await next(socket);
      received = Buffer.concat([received, part ?? Buffer.alloc(0)]);
      const step: Step = conversation.next(received, part === undefined, tls);
      if ("more" in step) continue;
      replies.push(received);
      if ("answer" in step) {
        if (step.goodbye !== undefined) socket.end(step.goodbye);
        return { answer: step.answer, replies };
      }
      if (!("send" in step)) return { replies };
      received = Buffer.alloc(0);
      socket.write(step.send);
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

async function connected({ tls }: ProbeProtocol, { address, port }: ProbeContext) {
  if (!tls) {
    const socket = connect(port, address);
    await once(socket, "connect");
    return { socket };
  }
  const socket = secured({ port, host: address, rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const certificate = socket.getPeerCertificate();
  const facts: TlsFacts = {
    version: socket.getProtocol() ?? "",
    cipher: socket.getCipher().name,
    certificate: {
      subject: String(certificate.subject?.CN),
      issuer: String(certificate.issuer?.CN),
      names: (certificate.subjectaltname ?? "").split(", ").filter(Boolean),
      validFrom: certificate.valid_from,
      validUntil: certificate.valid_to,
      serial: certificate.serialNumber,
      sha256: certificate.fingerprint256,
      trusted: socket.authorized,
    },
  };
  return { socket, tls: facts };
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
