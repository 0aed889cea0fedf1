import { writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { program } from "../machine.ts";
import { untilBound } from "../port.ts";
import type { Scenario } from "../stage.ts";
import { fetchBody, webServer } from "./http.ts";
import { Tally } from "./tally.ts";

/** Python's own web server; its log counts no bytes, so the client's sockets do. */
export const pythonServer: Scenario = async (stage) => {
  const port = await stage.port("web");
  writeFileSync(stage.path("page"), Buffer.alloc(104_729, "p"));
  const words = ["-m", "http.server", String(port), "--bind", "127.0.0.1", "--directory", stage.directory];
  const server = stage.observe([program("python3"), ...words]);
  await untilBound(server, port);
  const tally = new Tally();
  for (let i = 0; i < 23; i++) await fetchBody(`http://127.0.0.1:${port}/page`, new Agent(), tally, new WeakSet());
  await server.stop("SIGINT");
  return { "tcp in <web>": tally.other };
};

const fetching = `
import sys, urllib.request
for page in range(23):
    assert len(urllib.request.urlopen(f"{sys.argv[1]}/{page}").read()) == 7919
`;

/** urllib fetching 23 pages, a connection for each; the server's sockets count. */
export const pythonClient: Scenario = async (stage) => {
  const port = await stage.port("web");
  const served = await webServer(stage, port, Buffer.alloc(7919, "w"));
  const client = stage.observe([program("python3"), "-c", fetching, `http://127.0.0.1:${port}`]);
  const end = await client.ended();
  if (end.status !== 0) throw new Error(`python3 ended with ${end.status}`);
  if (served.connections !== 23) throw new Error(`${served.connections} connections reached the server`);
  return { "tcp out <web>": served.other };
};

/** Python's web server on a port that somebody else has. */
export const pythonRefusedBind: Scenario = async (stage) => {
  const port = await stage.port("taken");
  await webServer(stage, port, Buffer.alloc(0));
  const server = stage.observe([program("python3"), "-m", "http.server", String(port), "--bind", "127.0.0.1"]);
  const end = await server.ended();
  if (end.status !== 1) throw new Error(`python3 ended with ${end.status}`);
  return {};
};
