// Servers that cannot be had from Debian: stubs that follow the published specification.
import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { mongodb } from "../../../src/probe/protocols/mongodb.ts";
import { tds } from "../../../src/probe/protocols/tds.ts";
import { question } from "../../probe/question.ts";
import { bson, opMsg, opReply } from "../../probe/stubs/mongod.ts";
import { preloginReply } from "../../probe/stubs/sql-server.ts";
import { freePort } from "../port.ts";
import { askTcp } from "./ask.ts";

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

/** Gives these replies in turn to whatever comes, at a free port of loopback. */
async function replying(...replies: Buffer[]): Promise<number> {
  const port = await freePort();
  const server = createServer((connection) => {
    const left = [...replies];
    connection.on("error", () => connection.destroy());
    connection.on("data", () => void connection.write(left.shift() ?? Buffer.alloc(0)));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  endings.push(() => server.close());
  return port;
}

test("a stub of SQL Server (MS-TDS)", async () => {
  const port = await replying(preloginReply([15, 0, 2000], 3));
  const { answer } = await askTcp(tds, question({ port }));
  expect(answer?.fields).toEqual({ version: "15.0.2000", encryption: "required" });
});

test("a stub of MongoDB (MongoDB Wire Protocol)", async () => {
  const hello = opReply(bson({ ismaster: true, maxWireVersion: 25, ok: 1 }));
  const port = await replying(hello, opMsg(bson({ version: "8.0.4", ok: 1 })));
  const { answer } = await askTcp(mongodb, question({ port }));
  expect(answer?.fields).toEqual({ writablePrimary: true, maxWireVersion: 25, version: "8.0.4" });
});
