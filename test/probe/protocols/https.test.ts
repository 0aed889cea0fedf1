import { expect, test } from "vitest";
import { https } from "../../../src/probe/protocols/https.ts";
import { conversationOf, FACTS } from "./converse.ts";
import { hostileServers } from "./hostile.ts";

test("what the handshake told comes with the page's head", () => {
  const page = Buffer.from("HTTP/1.1 404 Not Found\r\nServer: quay\r\nContent-Type: text/plain\r\n\r\n");
  const step = conversationOf(https).next(page, false, FACTS);
  expect(step).toMatchObject({ answer: { protocol: "http", fields: { status: 404, server: "quay", tls: FACTS } } });
});

test("the port that goes without saying is 443", () => {
  const first = (port: number) =>
    Buffer.from(conversationOf(https, { name: "harbour.test", port }).first ?? []).toString();
  expect(first(443)).toContain("Host: harbour.test\r\n");
  expect(first(80)).toContain("Host: harbour.test:80\r\n");
});

test("a handshake is an answer, whatever is said inside it", () => {
  const answer = { protocol: "tls", fields: { tls: FACTS } };
  expect(conversationOf(https).next(new Uint8Array(), true, FACTS)).toEqual({ answer });
  expect(conversationOf(https).next(Buffer.from("220 harbour\r\n"), false, FACTS)).toEqual({ answer });
  expect(conversationOf(https).next(Buffer.from("220 harbour\r\n"), false)).toEqual({ foreign: true });
});

hostileServers(https, ["http-tcp-nginx"]);
