import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { onTestFinished } from "vitest";

/** A UDP server on loopback that does `hear` with each datagram, until the test ends; its port. */
export async function bound(
  hear: (datagram: Buffer, from: { port: number; address: string }, socket: Socket) => void,
): Promise<number> {
  const socket = createSocket("udp4");
  onTestFinished(() => void socket.close());
  socket.on("message", (datagram, from) => hear(datagram, from, socket));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return socket.address().port;
}
