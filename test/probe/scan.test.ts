import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ProbeProtocol } from "../../src/probe/protocol.ts";
import type { Question } from "../../src/probe/result.ts";
import { type ScanListener, type ScanRequest, scan } from "../../src/probe/scan.ts";
import { freePort } from "../live/port.ts";
import { bound } from "./datagrams.ts";
import { serve } from "./talk/server.ts";

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

/** Answers PONG to PING, in a line or a datagram. */
const ping: ProbeProtocol = {
  name: "ping",
  services: ["ping"],
  ports: [],
  tcp: ({ address, port }) => ({
    first: Buffer.from("PING\n"),
    next: (received, ended) => {
      if (text(received).startsWith("PONG\n")) return { answer: { protocol: "ping", fields: { address, port } } };
      return ended ? { foreign: true } : { more: true };
    },
  }),
  udp: ({ community }) => ({
    request: Buffer.from("PING"),
    further: [Buffer.from("PING2")],
    read: (datagram) =>
      text(datagram).startsWith("PONG") ? { protocol: "ping", fields: { said: text(datagram), community } } : undefined,
  }),
};
const wandering: ProbeProtocol = { ...ping, name: "wandering", services: ["wandering"], answersFromAnyPort: true };
const banner: ProbeProtocol = {
  name: "banner",
  services: [],
  ports: [],
  tcp: () => ({
    next: (received, ended) =>
      received.length > 0
        ? { answer: { protocol: "unknown", fields: {}, text: text(received) } }
        : ended
          ? { foreign: true }
          : { more: true },
  }),
};

type Changes = Partial<Omit<ScanRequest, "questions">> & { service?: string };

async function ask(
  questions: Question[],
  { service, ...changes }: Changes = {},
  listener: ScanListener = {},
  signal?: AbortSignal,
) {
  const request: ScanRequest = {
    address: "127.0.0.1",
    questions,
    serviceOf: () => service,
    greeting: false,
    slowLink: false,
    community: "harbour",
    protocols: [ping, wandering, banner],
    ...changes,
  };
  return scan(request, listener, signal);
}

const tcp = (port: number): Question => ({ protocol: "tcp", port });
const udp = (port: number): Question => ({ protocol: "udp", port });

describe("TCP", () => {
  test("a port listens, or is reset", async () => {
    const open = await serve(() => {});
    const closed = await freePort();
    const results = await ask([tcp(closed), tcp(open)]);
    expect(results).toMatchObject([
      { port: closed, verdict: "not-listening", reason: "reset", tries: 1 },
      { port: open, verdict: "listening", reason: "connected", tries: 1 },
    ]);
    expect(results.every(({ milliseconds }) => milliseconds > 0)).toBe(true);
  });

  test("a service known by its name is asked, and what it said is kept", async () => {
    const port = await serve((socket) => socket.on("data", () => socket.write("PONG\n")));
    const sent: unknown[] = [];
    const [result] = await ask([tcp(port)], { service: "ping" }, { sending: (event) => sent.push(event.probe) });
    expect(result).toMatchObject({
      reason: "connected",
      probe: { name: "ping", chosenBy: "service" },
      answer: { protocol: "ping", fields: { address: "127.0.0.1", port } },
    });
    expect(text(result?.received ?? new Uint8Array())).toBe("PONG\n");
    expect(sent).toEqual([{ name: "ping", chosenBy: "service" }]);
  });

  test("a service that says something else listens all the same", async () => {
    const port = await serve((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const [result] = await ask([tcp(port)], { service: "ping" });
    expect(result).toMatchObject({ verdict: "listening", reason: "connected", probe: { name: "ping" } });
    expect(result).not.toHaveProperty("answer");
  });

  test("a service of which nothing is known is listened to where that is asked for", async () => {
    const port = await serve((socket) => socket.write("220 ready\r\n"));
    const [heard] = await ask([tcp(port)], { greeting: true });
    expect(heard).toMatchObject({ probe: { name: "banner", chosenBy: "nothing" }, answer: { text: "220 ready\r\n" } });
    const [plain] = await ask([tcp(port)]);
    expect(plain).not.toHaveProperty("answer");
  });

  test("a probe may be refused", async () => {
    const port = await serve(() => {});
    const [result] = await ask([tcp(port)], { service: "ping", mayProbe: (probe) => probe !== "ping" });
    expect(result).not.toHaveProperty("probe");
  });

  test("all of many ports are right, however many are open", async () => {
    const open = new Set<number>();
    for (let i = 0; i < 23; i++) open.add(await serve(() => {}));
    const first = Math.max(1, Math.min(...open) - 500);
    const last = Math.min(65_535, Math.max(...open) + 500);
    const ports = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const passed: number[] = [];
    const results = await ask(ports.map(tcp), {}, { next: ({ port }) => passed.push(port) });
    const listening = results.flatMap(({ port, verdict }) => (verdict === "listening" ? [port] : []));
    expect(listening).toEqual(expect.arrayContaining([...open]));
    expect(passed).toEqual(ports);
  });

  test("a source port is kept to", async () => {
    const sourcePort = await freePort();
    const from: (number | undefined)[] = [];
    const open = await serve((socket) => {
      from.push(socket.remotePort);
      socket.on("data", () => socket.write("PONG\n"));
    });
    const ports = [open, await freePort()];
    // It is free again at once, and the very same connection can be made again.
    for (let i = 0; i < 2; i++) {
      const results = await ask(ports.map(tcp), { sourcePort, service: "ping" });
      expect(results.map(({ verdict }) => verdict)).toEqual(["listening", "not-listening"]);
    }
    expect(from).toEqual([sourcePort, sourcePort]);
  });

  test("a source port that somebody listens on is said to be in use", async () => {
    const server = createServer().listen(0, "0.0.0.0");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const address = server.address();
    const sourcePort = typeof address === "object" && address !== null ? address.port : 0;
    const next = `./portolan ls :${sourcePort}`;
    await expect(ask([tcp(1)], { sourcePort })).rejects.toMatchObject({ code: "source-port-in-use", next });
  });
});

describe("UDP", () => {
  test("a closed port is unreachable by ICMP", async () => {
    const [result] = await ask([udp(await freePort())]);
    expect(result).toMatchObject({ verdict: "not-listening", reason: "icmp port unreachable", tries: 1 });
  });

  test("a silent port may listen, and is asked twice", async () => {
    let heard = 0;
    const port = await bound(() => heard++);
    const [result] = await ask([udp(port)]);
    expect(result).toMatchObject({ verdict: "listening-or-filtered", reason: "no answer in 2 tries" });
    expect(heard).toBe(2);
  });

  test("whoever answers anything listens", async () => {
    const port = await bound((datagram, from, socket) => socket.send(`${datagram.length}`, from.port, from.address));
    expect(await ask([udp(port)])).toMatchObject([{ verdict: "listening", reason: "answered", tries: 1 }]);
  });

  test("a service known by its name is asked at once", async () => {
    const port = await bound((datagram, from, socket) => socket.send(`PONG ${datagram}`, from.port, from.address));
    const sent: unknown[] = [];
    const [result] = await ask([udp(port)], { service: "ping" }, { sending: (event) => sent.push(event) });
    expect(result).toMatchObject({
      verdict: "listening",
      reason: "answered the ping probe",
      tries: 1,
      answer: { fields: { said: "PONG PING", community: "harbour" } },
    });
    expect(sent).toMatchObject([{ question: udp(port), probe: { name: "ping", chosenBy: "service" } }]);
  });

  test("an answer that is not understood proves it too, and other versions are tried before", async () => {
    const heard: string[] = [];
    const port = await bound((datagram, from, socket) => {
      heard.push(text(datagram));
      socket.send("?", from.port, from.address);
    });
    const [result] = await ask([udp(port)], { service: "ping" });
    expect(result).toMatchObject({ verdict: "listening", reason: "answered the ping probe", tries: 2 });
    expect(result).not.toHaveProperty("answer");
    expect(text(result?.received ?? new Uint8Array())).toBe("?");
    expect(heard).toEqual(["PING", "PING2"]);
  });

  test("an answer from another port counts for a protocol that answers so", async () => {
    const port = await bound((_, from) => {
      const other = createSocket("udp4");
      other.send("PONG elsewhere", from.port, from.address, () => other.close());
    });
    expect(await ask([udp(port)], { service: "wandering" })).toMatchObject([
      { verdict: "listening", answer: { fields: { said: "PONG elsewhere" } } },
    ]);
    expect(await ask([udp(port)], { service: "ping" })).toMatchObject([
      { verdict: "listening-or-filtered", reason: "no answer to the ping probe in 2 tries" },
    ]);
  });

  test("the port that is asked from is not taken for a service", async () => {
    const sourcePort = await freePort();
    expect(await ask([udp(sourcePort)], { sourcePort })).toMatchObject([{ verdict: "not-listening" }]);
  });

  test("a protocol's own source port is used where it can be had, and told where not", async () => {
    const sourcePort = await freePort();
    const from: number[] = [];
    const port = await bound((_, peer, socket) => {
      from.push(peer.port);
      socket.send("PONG", peer.port, peer.address);
    });
    const rigid: ProbeProtocol = { ...ping, sourcePort };
    const sent: unknown[] = [];
    const listener: ScanListener = { sending: ({ localPort, wanted }) => sent.push({ localPort, wanted }) };
    await ask([udp(port)], { service: "ping", protocols: [rigid] }, listener);
    const holder = createSocket("udp4").bind(sourcePort);
    await once(holder, "listening");
    onTestFinished(() => void holder.close());
    await ask([udp(port)], { service: "ping", protocols: [rigid] }, listener);
    expect(from[0]).toBe(sourcePort);
    expect(from[1]).not.toBe(sourcePort);
    expect(sent).toEqual([
      { localPort: sourcePort, wanted: undefined },
      { localPort: from[1], wanted: sourcePort },
    ]);
  });
});

test("both protocols of both families are asked together", async () => {
  const port = await freePort();
  const results = await ask([tcp(port), udp(port)], { address: "::1" });
  expect(results).toMatchObject([
    { protocol: "tcp", verdict: "not-listening", reason: "reset" },
    { protocol: "udp", verdict: "not-listening", reason: "icmp port unreachable" },
  ]);
});

test("an interruption ends it with what is known", async () => {
  const silent = await bound(() => {});
  const closed = await freePort();
  const controller = new AbortController();
  const listener: ScanListener = { result: () => controller.abort() };
  const results = await ask([udp(silent), udp(closed)], {}, listener, controller.signal);
  expect(results.map(({ port }) => port)).toEqual([closed]);
});

test("what is no address, or lacks its interface, is refused", async () => {
  await expect(ask([tcp(1)], { address: "localhost" })).rejects.toMatchObject({ code: "bad-value" });
  await expect(ask([tcp(1)], { address: "fe80::1" })).rejects.toMatchObject({ code: "bad-value" });
  await expect(ask([tcp(1)], { address: "fe80::1%none0" })).rejects.toMatchObject({ code: "bad-value" });
});
