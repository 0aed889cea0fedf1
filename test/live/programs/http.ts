import { once } from "node:events";
import { type Agent, createServer, get } from "node:http";
import type { Stage } from "../stage.ts";
import { Tally } from "./tally.ts";

/** A web server of the test's own that answers every request with `body`, and counts bytes at its sockets. */
export async function webServer(stage: Stage, port: number, body: Buffer, host = "127.0.0.1"): Promise<Tally> {
  const tally = new Tally();
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => response.end(body));
  });
  server.on("connection", (socket) => tally.add(socket));
  server.listen(port, host);
  await once(server, "listening");
  stage.atEnd(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return tally;
}

/** Fetches `url` over `agent` and returns the body; each connection is counted once in `tally`. */
export async function fetchBody(url: string, agent: Agent, tally: Tally, counted: WeakSet<object>): Promise<Buffer> {
  const request = get(url, { agent });
  request.on("socket", (socket) => {
    if (counted.has(socket)) return;
    counted.add(socket);
    tally.add(socket);
  });
  const [response] = await once(request, "response");
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part);
  return Buffer.concat(parts);
}
