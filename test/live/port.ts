import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { Started } from "./started.ts";
import { Hopeless, until } from "./until.ts";

const given = new Set<number>();

/** A port that nobody uses for TCP or UDP on either family, by the kernel's own choice; never the same one twice. */
export async function freePort(): Promise<number> {
  return until("a free port", async () => {
    const server = createServer().listen(0, "::");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const datagram = createSocket("udp6");
    try {
      datagram.bind(port, "::");
      await once(datagram, "listening");
      if (given.has(port)) return undefined;
      given.add(port);
      return port;
    } finally {
      datagram.close();
      server.close();
      await once(server, "close");
    }
  });
}

/** Waits until `server` takes TCP connections at `host:port`. Makes one connection. */
export async function untilListening(server: Started, port: number, host = "127.0.0.1"): Promise<void> {
  await until(`a listener at ${host} port ${port}`, async () => {
    if (!server.running) throw new Hopeless(`the server ended: ${server.stderr}`);
    const socket = connect(port, host);
    try {
      await once(socket, "connect");
      return true;
    } finally {
      socket.destroy();
    }
  });
}

/** Waits until `server` listens on TCP `port`, without connecting to it: reads the kernel's table (proc(5), /proc/net/tcp). */
export async function untilBound(server: Started, port: number): Promise<void> {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  await until(`a listener on port ${port}`, () => {
    if (!server.running) throw new Hopeless(`the server ended: ${server.stderr}`);
    const rows = ["tcp", "tcp6"].flatMap((name) => readFileSync(`/proc/net/${name}`, "utf8").split("\n"));
    return rows.some((row) => {
      const [, local, , state] = row.trim().split(/\s+/);
      return local?.endsWith(wanted) === true && state === "0A";
    });
  });
}
