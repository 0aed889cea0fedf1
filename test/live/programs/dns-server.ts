import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Stage } from "../stage.ts";
import { answer, type DnsRecord, nameBytes, questionOf, TYPE } from "./dns-message.ts";
import { Tally } from "./tally.ts";

/** What the server was asked, and its payload as whoever asked saw it. */
export type Asked = {
  questions: string[];
  datagrams: { bytesIn: number; bytesOut: number };
  connections: Tally;
};

/**
 * A DNS server of the test's own at `address` and `port`, over UDP and TCP. Every name under `example.test` is an alias of
 * `host.example.test`, which has the address 127.0.0.1 and no IPv6 address.
 */
export async function dnsServer(stage: Stage, port: number, address = "127.0.0.1"): Promise<Asked> {
  const asked: Asked = { questions: [], datagrams: { bytesIn: 0, bytesOut: 0 }, connections: new Tally() };
  const reply = (message: Buffer) => {
    const question = questionOf(message);
    asked.questions.push(question.name);
    return answer(question, recordsOf(question.name, question.type));
  };
  const socket = createSocket("udp4");
  socket.on("message", (message, from) => {
    const answered = reply(message);
    asked.datagrams.bytesOut += message.length;
    asked.datagrams.bytesIn += answered.length;
    socket.send(answered, from.port, from.address);
  });
  socket.bind(port, address);
  await once(socket, "listening");
  const server = createServer((connection) => {
    asked.connections.add(connection);
    connection.on("error", () => connection.destroy());
    // Before each message over TCP comes its length in two bytes (RFC 1035 section 4.2.2); these fit one segment.
    connection.on("data", (part) => {
      const answered = reply(part.subarray(2));
      connection.write(Buffer.concat([Buffer.from([answered.length >> 8, answered.length & 255]), answered]));
    });
  });
  server.listen(port, address);
  await once(server, "listening");
  stage.atEnd(() => {
    socket.close();
    server.close();
  });
  return asked;
}

const host = "host.example.test";

function recordsOf(name: string, type: number): DnsRecord[] {
  const alias = name === host ? [] : [{ name, type: TYPE.CNAME, data: nameBytes(host) }];
  if (!name.endsWith("example.test")) return [];
  return type === TYPE.A ? [...alias, { name: host, type, data: Buffer.from([127, 0, 0, 1]) }] : alias;
}
