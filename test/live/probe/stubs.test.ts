// Servers that cannot be had on Linux: stubs that follow the published specification, or, for ISA, what free clients expect.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { isa } from "../../../src/probe/protocols/isa.ts";
import { rpc } from "../../../src/probe/protocols/rpc.ts";
import { sql } from "../../../src/probe/protocols/sql.ts";
import { question } from "../../probe/question.ts";
import { datagram, results } from "../../probe/stubs/endpoint-mapper.ts";
import { helloAcknowledged, MSPCLNT } from "../../probe/stubs/isa.ts";
import { browserReply, INSTANCES } from "../../probe/stubs/sql-browser.ts";
import { freePort } from "../port.ts";
import { askTcp, askUdp } from "./ask.ts";

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

/** Answers every datagram at a free port of loopback. */
async function answering(reply: (request: Buffer) => Buffer): Promise<number> {
  const port = await freePort();
  const socket = createSocket("udp4");
  socket.on("message", (request, from) => socket.send(reply(request), from.port, from.address));
  socket.bind(port, "127.0.0.1");
  await once(socket, "listening");
  endings.push(() => socket.close());
  return port;
}

/** Answers the first words of every connection at a free port of loopback, and closes it. */
async function serving(reply: Buffer | string): Promise<number> {
  const port = await freePort();
  const server = createServer((connection) => {
    connection.on("error", () => connection.destroy());
    connection.once("data", () => connection.end(reply));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  endings.push(() => server.close());
  return port;
}

test("a stub of the SQL Server Browser (MC-SQLR)", async () => {
  const port = await answering((request) => browserReply(request[0] === 3 ? INSTANCES : []));
  const { answer } = await askUdp(sql, question({ port }));
  expect(answer?.fields.instances).toEqual(INSTANCES);
});

test("a stub of an endpoint mapper over UDP (C706)", async () => {
  const uuid = "e3514235-4b06-11d1-ab04-00c04fc2dcd2";
  const tower = {
    uuid,
    annotation: "stub",
    floors: [
      [0x0a, Buffer.alloc(2)],
      [0x08, Buffer.of(4, 3)],
    ],
  };
  const port = await answering((request) => {
    const floors = tower.floors as [number, Buffer][];
    return datagram(request, 2, results([{ ...tower, floors }], "little", 8), "little");
  });
  const { answer } = await askUdp(rpc, question({ port }));
  expect(answer?.fields).toEqual({
    endpoints: [{ uuid, version: "1.0", annotation: "stub", binding: "ncadg_ip_udp:[1027]" }],
    ...{ total: 1, complete: true },
  });
});

describe("a stub of ISA Server", () => {
  test("acknowledges a client over UDP", async () => {
    const port = await answering((request) => (request.includes("RWSP") ? helloAcknowledged() : Buffer.of()));
    expect((await askUdp(isa, question({ port }))).answer?.fields.reply).toBe("hello");
  });

  test("hands out Mspclnt.ini over TCP", async () => {
    const { answer } = await askTcp(isa, question({ port: await serving(MSPCLNT) }));
    expect(answer?.fields).toMatchObject({ reply: "Mspclnt.ini", settings: { Port: "1745" } });
  });
});
