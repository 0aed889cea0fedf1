import { type ChildProcess, fork } from "node:child_process";
import { createSocket, type Socket as Datagrams } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { aReply } from "./dns-reply.ts";

// A process that uses the network exactly as it is told: one command per line of stdin, as JSON, one answer per line of
// stdout. Nothing of it opens a socket unasked, so what a collector sees of it can be compared to the last one.

export type Command =
  | { do: "listen"; host: string; port?: number }
  | { do: "connect"; host: string; port: number; send?: number }
  | { do: "short"; host: string; port: number; count: number }
  | { do: "bind-udp"; host: string; port?: number }
  | { do: "connect-udp"; host: string; port: number }
  | { do: "send-udp"; host: string; port: number; datagrams: number; size: number }
  | { do: "share-listener"; host: string }
  | { do: "serve-names"; name: string; address: string }
  | { do: "resolve"; name: string }
  | { do: "rename"; name: string }
  | { do: "close-connections" }
  | { do: "close-all" }
  | { do: "end" };

export type Answer = { port?: number; pid?: number; error?: string; received?: number; addresses?: string[] };

const servers: Server[] = [];
const connections: Socket[] = [];
const accepted: Socket[] = [];
const datagrams: Datagrams[] = [];
const helpers: ChildProcess[] = [];
let received = 0;

async function listen(host: string, port = 0): Promise<Server> {
  const server = createServer((socket) => {
    accepted.push(socket);
    socket.on("data", (bytes) => {
      received += bytes.length;
      socket.write(bytes);
    });
    socket.on("error", () => undefined);
    socket.on("end", () => socket.end());
  });
  server.listen({ host, port, backlog: 511 });
  await once(server, "listening");
  servers.push(server);
  return server;
}

async function connect(host: string, port: number): Promise<Socket> {
  const socket = createConnection({ host, port });
  await once(socket, "connect");
  return socket;
}

async function udp(host: string): Promise<Datagrams> {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  datagrams.push(socket);
  return socket;
}

async function ended(socket: Socket | Server | Datagrams, end: () => void): Promise<void> {
  const closed = once(socket, "close");
  end();
  await closed;
}

async function closeConnections(): Promise<void> {
  // Its own ends first, so that the listener's port never is the one left in TIME_WAIT.
  for (const socket of connections.splice(0)) await ended(socket, () => socket.destroy());
  for (const socket of accepted.splice(0)) if (!socket.closed) await ended(socket, () => socket.destroy());
}

async function act(command: Command): Promise<Answer> {
  switch (command.do) {
    case "listen":
      return { port: ((await listen(command.host, command.port)).address() as AddressInfo).port };
    case "connect": {
      const socket = await connect(command.host, command.port);
      connections.push(socket);
      if (command.send !== undefined) {
        let echoed = 0;
        const back = new Promise<void>((resolve) => {
          socket.on("data", (bytes) => {
            echoed += bytes.length;
            if (echoed === command.send) resolve();
          });
        });
        socket.write(Buffer.alloc(command.send, "x"));
        await back;
      }
      return { port: (socket.address() as AddressInfo).port };
    }
    case "short":
      for (let i = 0; i < command.count; i++) {
        const socket = await connect(command.host, command.port);
        await ended(socket, () => socket.destroy());
      }
      return {};
    case "bind-udp": {
      const socket = await udp(command.host);
      socket.on("message", (message) => {
        received += message.length;
      });
      const bound = once(socket, "listening");
      socket.bind({ address: command.host, port: command.port ?? 0, exclusive: true });
      await bound;
      return { port: socket.address().port };
    }
    case "connect-udp": {
      const socket = await udp(command.host);
      const connected = once(socket, "connect");
      socket.connect(command.port, command.host);
      await connected;
      return { port: socket.address().port };
    }
    case "send-udp": {
      const socket = await udp(command.host);
      const before = received;
      for (let i = 0; i < command.datagrams; i++) {
        await new Promise<void>((resolve, reject) => {
          socket.send(Buffer.alloc(command.size, "x"), command.port, command.host, (error) =>
            error ? reject(error) : resolve(),
          );
        });
      }
      const deadline = Date.now() + 5_000;
      while (received - before < command.datagrams * command.size && Date.now() < deadline) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      return { port: socket.address().port, received: received - before };
    }
    case "share-listener": {
      const server = await listen(command.host);
      const helper = fork(fileURLToPath(import.meta.url), ["hold"]);
      helpers.push(helper);
      const holding = once(helper, "message");
      helper.send("hold this", server);
      await holding;
      if (helper.pid === undefined) throw new Error("the helper did not start");
      return { port: (server.address() as AddressInfo).port, pid: helper.pid };
    }
    case "serve-names": {
      const socket = await udp("127.0.0.1");
      socket.on("message", (query, from) => {
        socket.send(aReply(query, command.name, command.address), from.port, from.address);
      });
      const bound = once(socket, "listening");
      socket.bind({ address: "127.0.0.1", port: 53 });
      await bound;
      return {};
    }
    case "resolve": {
      const resolver = new Resolver({ timeout: 5_000, tries: 1 });
      resolver.setServers(["127.0.0.1"]);
      return { addresses: await resolver.resolve4(command.name) };
    }
    case "rename":
      writeFileSync("/proc/self/comm", Buffer.from(command.name, "latin1"));
      return {};
    case "close-connections":
      await closeConnections();
      return {};
    case "close-all":
      await closeConnections();
      for (const socket of datagrams.splice(0)) await ended(socket, () => socket.close());
      for (const server of servers.splice(0)) await ended(server, () => server.close());
      return {};
    case "end":
      for (const helper of helpers) helper.kill("SIGKILL");
      process.exit(0);
  }
}

if (process.argv[2] === "hold") {
  let held: unknown;
  process.on("message", (_message, handle) => {
    held = handle;
    process.send?.(held === undefined ? "nothing" : "held");
  });
  process.on("disconnect", () => process.exit(0));
} else {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) {
    let answer: Answer;
    try {
      answer = await act(JSON.parse(line) as Command);
    } catch (error) {
      answer = { error: error instanceof Error && "code" in error ? String(error.code) : String(error) };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  for (const helper of helpers) helper.kill("SIGKILL");
  process.exit(0);
}
