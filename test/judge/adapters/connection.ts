import { createConnection, createServer } from "node:net";

/** Makes one connection on loopback, to be noticed by an observer, and returns the port that it went to. */
export async function oneConnection(): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  await new Promise<void>((resolve) => {
    createConnection(port, "127.0.0.1")
      .on("error", () => resolve())
      .on("close", () => resolve());
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}
