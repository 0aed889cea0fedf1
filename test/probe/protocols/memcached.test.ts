import { expect, test } from "vitest";
import { memcached } from "../../../src/probe/protocols/memcached.ts";
import { converse, exchangeOf } from "./converse.ts";
import { hostileDatagrams, hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

const ANSWER = { protocol: "memcached", fields: { open: true, version: "1.6.18" }, text: "VERSION 1.6.18" };

test("memcached tells its version over TCP, and hears a goodbye", () => {
  const { sent, answer, goodbye } = converse(memcached, recorded("memcached-tcp-memcached"));
  expect(answer).toEqual(ANSWER);
  expect([...sent, goodbye ?? ""].map((each) => Buffer.from(each).toString())).toEqual(["version\r\n", "quit\r\n"]);
});

test("memcached tells its version over UDP, to the request that has that number", () => {
  const { request, read } = exchangeOf(memcached);
  expect(Buffer.from(request).toString("latin1")).toBe("\x01\x02\0\0\0\x01\0\0version\r\n");
  const [reply = new Uint8Array()] = recorded("memcached-udp-memcached");
  expect(read(reply)).toEqual(ANSWER);
  expect(read(Uint8Array.from(reply).fill(9, 0, 1))).toBeUndefined();
  expect(read(reply.subarray(0, 8))).toBeUndefined();
});

test("a refusal is an answer, and the rest is foreign", () => {
  expect(converse(memcached, ["CLIENT_ERROR unauthenticated\r\n"]).answer?.fields).toEqual({
    open: false,
    error: "unauthenticated",
  });
  expect(converse(memcached, ["HTTP/1.1 400 Bad Request\r\n\r\n"]).foreign).toBe(true);
});

hostileDatagrams(memcached, ["memcached-udp-memcached"]);
hostileServers(memcached, ["memcached-tcp-memcached"]);
