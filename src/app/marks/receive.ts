import { chmodSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { featureObjection } from "../../model/mark.ts";
import { Problem } from "../../model/problem.ts";
import { endWithMessage, type Running, readMessage } from "./message.ts";
import { makeMarksFolder } from "./place.ts";

/** More at once than any person or test sends. */
const CONNECTIONS = 16;

/** Marks come in until it is closed. */
export type Receiver = { close(): void };

/**
 * Lets `mark` find this process, and calls `receive` with each name of a function that it sends. What this process starts
 * does not inherit the socket (O_CLOEXEC, which libuv sets). Undefined where no private place for it can be had: what is
 * observed is observed without marks all the same.
 */
export async function receiveMarks(
  environment: NodeJS.ProcessEnv,
  about: Omit<Running, "pid">,
  receive: (feature: string) => void,
): Promise<Receiver | undefined> {
  const running: Running = { pid: process.pid, ...about };
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
    void answer(socket, running, receive);
  });
  server.maxConnections = CONNECTIONS;
  try {
    const path = join(makeMarksFolder(environment), `${process.pid}.sock`);
    rmSync(path, { force: true }); // left behind by a process that had this pid and was killed
    await listening(server, path);
    chmodSync(path, 0o600);
  } catch (error) {
    server.close();
    if (error instanceof Problem || (error as NodeJS.ErrnoException).code !== undefined) return undefined;
    throw error;
  }
  return {
    close() {
      server.close();
      for (const socket of connections) socket.destroy();
    },
  };
}

async function answer(socket: Socket, running: Running, receive: (feature: string) => void): Promise<void> {
  const message = await readMessage(socket);
  if (typeof message !== "object" || message === null) {
    socket.destroy();
    return;
  }
  const feature: unknown = "feature" in message ? message.feature : undefined;
  if (typeof feature === "string" && featureObjection(feature) === undefined) receive(feature);
  endWithMessage(socket, running);
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
}
