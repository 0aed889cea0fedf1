import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createPlainServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, TLSSocket } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Conversation, TlsFacts } from "../../../src/probe/protocol.ts";
import { type TalkOptions, talk } from "../../../src/probe/talk/talk.ts";
import { connected, serve } from "./server.ts";

const PATIENT: TalkOptions = { tls: true, name: "portolan.test", most: 20_000, idle: 20_000 };

/** A key with a certificate that nobody has signed but itself. */
function selfSigned(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), "portolan-tls-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, "key"), join(folder, "cert")];
  const subject = [
    "-subj",
    "/O=Harbour, Master/CN=portolan.test",
    "-addext",
    "subjectAltName=DNS:portolan.test,IP:127.0.0.1",
  ];
  const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "23"];
  execFileSync("openssl", [...request, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

/** Notes what the handshake told, and takes what it reads for an answer. */
function reader(steps: { startTls?: string; first?: string } = {}) {
  const facts: (TlsFacts | undefined)[] = [];
  const conversation: Conversation = {
    ...(steps.first !== undefined && { first: Buffer.from(steps.first) }),
    next(received, ended, tls) {
      facts.push(tls);
      const said = Buffer.from(received).toString();
      if (tls === undefined && said === "READY\n")
        return { startTls: true, serverName: steps.startTls ?? "portolan.test" };
      if (tls !== undefined && said.endsWith("\n")) return { answer: { protocol: "line", fields: { said } } };
      return ended ? { foreign: true } : { more: true };
    },
  };
  return { conversation, facts };
}

async function tlsServer(say: (socket: TLSSocket) => void, alpn: string[] = []): Promise<number> {
  const server = createServer({ ...selfSigned(), ALPNProtocols: alpn }, say).listen(0, "127.0.0.1");
  server.on("tlsClientError", () => {});
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

describe("TLS", () => {
  test("tells of a certificate that is not trusted what it says, and goes on", async () => {
    const port = await tlsServer((socket) => socket.end("inside\n"), ["http/1.1"]);
    const { conversation, facts } = reader();
    const { answer } = await talk(await connected(port), conversation, { ...PATIENT, offered: ["http/1.1"] });
    expect(answer?.fields).toEqual({ said: "inside\n" });
    const told = facts.at(-1);
    expect(told).toMatchObject({ version: "TLSv1.3", applicationProtocol: "http/1.1" });
    expect(told?.cipher).toMatch(/^TLS_/);
    expect(told?.certificate).toMatchObject({
      subject: "O=Harbour, Master, CN=portolan.test",
      names: ["portolan.test", "127.0.0.1"],
      trusted: false,
      distrust: "DEPTH_ZERO_SELF_SIGNED_CERT",
    });
    expect(told?.certificate?.validUntil).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
    expect(told?.certificate?.sha256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  test("sends what the client says first inside", async () => {
    const port = await tlsServer((socket) => socket.on("data", (data) => socket.end(`heard ${data}`)));
    const { conversation } = reader({ first: "hello\n" });
    const { answer } = await talk(await connected(port), conversation, PATIENT);
    expect(answer?.fields).toEqual({ said: "heard hello\n" });
  });

  test("can begin in the middle of a conversation", async () => {
    const port = await serve((socket) => {
      socket.write("READY\n");
      const secure = new TLSSocket(socket, { isServer: true, ...selfSigned() });
      secure.on("error", () => {});
      secure.write("inside\n");
    });
    const { conversation, facts } = reader();
    const { answer } = await talk(await connected(port), conversation, { ...PATIENT, tls: false });
    expect(answer?.fields).toEqual({ said: "inside\n" });
    expect(facts[0]).toBeUndefined();
    expect(facts.at(-1)?.certificate?.names).toContain("portolan.test");
  });

  test.each([
    ["speaks something else", (socket: { end(text: string): void }) => socket.end("220 no TLS here\r\n")],
    ["closes at once", (socket: { end(text: string): void }) => socket.end("")],
  ])("has no answer from a server that %s", async (_, say) => {
    const server = createPlainServer(say).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { conversation, facts } = reader();
    expect((await talk(await connected(port), conversation, PATIENT)).answer).toBeUndefined();
    expect(facts).toEqual([]);
  });

  test("has no answer from a server that never shakes hands", async () => {
    const port = await serve(() => {});
    const { conversation } = reader();
    const outcome = await talk(await connected(port), conversation, { ...PATIENT, idle: 50 });
    expect(outcome).toEqual({ received: new Uint8Array() });
  });
});
