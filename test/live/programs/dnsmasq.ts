import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { program } from "../machine.ts";
import { untilListening } from "../port.ts";
import type { Scenario } from "../stage.ts";
import { until } from "../until.ts";
import { answerCount, query, TYPE } from "./dns-message.ts";
import { dnsServer } from "./dns-server.ts";

const names = ["host.example.test", "www.example.test", "mail.example.test"];

/** dnsmasq between a client and another DNS server: A, AAAA and CNAME over UDP, and one question over TCP. */
export const dnsmasq: Scenario = async (stage) => {
  const [port, upstream] = [await stage.port("dns"), await stage.port("upstream")];
  const above = await dnsServer(stage, upstream);
  const server = stage.observe([
    program("dnsmasq"),
    ...["--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--user=root", "--cache-size=0"],
    ...[`--pid-file=${stage.path("pid")}`, "--bind-interfaces", "--listen-address=127.0.0.1", `--port=${port}`],
    `--server=127.0.0.1#${upstream}`,
  ]);
  await untilListening(server, port);

  const below = { bytesIn: 0, bytesOut: 0 };
  for (const name of names) {
    for (const type of [TYPE.A, TYPE.AAAA]) {
      const asked = query({ id: 1009, name, type });
      const answered = await ask(port, asked);
      below.bytesIn += asked.length;
      below.bytesOut += answered.length;
    }
  }
  const overTcp = await askOverTcp(port, query({ id: 1013, name: "host.example.test", type: TYPE.A }));
  await server.stop();
  return {
    "udp in <dns>": below,
    "udp out <upstream>": above.datagrams,
    // What came over TCP is asked over TCP.
    "tcp out <upstream>": above.connections.other,
    "tcp in <dns>": overTcp,
  };
};

async function ask(port: number, message: Buffer): Promise<Buffer> {
  const socket = createSocket("udp4");
  try {
    socket.connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.send(message);
    const [reply] = await once(socket, "message", { signal: AbortSignal.timeout(10_000) });
    return reply;
  } finally {
    socket.close();
  }
}

/** One question over TCP, with its length before it (RFC 1035 section 4.2.2); the bytes as the server moved them. */
async function askOverTcp(port: number, message: Buffer): Promise<{ bytesIn: number; bytesOut: number }> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  let reply: Buffer = Buffer.alloc(0);
  socket.on("data", (part) => {
    reply = Buffer.concat([reply, part]);
  });
  socket.write(Buffer.concat([Buffer.from([message.length >> 8, message.length & 255]), message]));
  await until("the answer over TCP", () => reply.length > 2 && reply.length >= 2 + reply.readUInt16BE(0));
  if (answerCount(reply.subarray(2)) !== 1) throw new Error("dnsmasq gave no answer over TCP");
  socket.end();
  await until("the end of the connection", () => socket.closed);
  return { bytesIn: socket.bytesWritten, bytesOut: socket.bytesRead };
}
