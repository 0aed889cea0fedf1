import { describe, expect, test } from "vitest";
import { stun, stuns } from "../../../src/probe/protocols/stun.ts";
import { conversationOf, converse, exchangeOf, FACTS } from "./converse.ts";
import { hostileDatagrams, hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

const ID = "0102030405060708090a0b0c";

/** A message with these attributes, each filled up to a multiple of 4 bytes. */
function message(type: number, ...attributes: [type: number, value: number[]][]): Buffer {
  const body = attributes.flatMap(([type, value]) => [
    ...[type >> 8, type & 255, 0, value.length, ...value],
    ...new Array((4 - (value.length % 4)) % 4).fill(0),
  ]);
  const header = [type >> 8, type & 255, body.length >> 8, body.length & 255, 0x21, 0x12, 0xa4, 0x42];
  return Buffer.concat([Buffer.from(header), Buffer.from(ID, "hex"), Buffer.from(body)]);
}

function read(datagram: Uint8Array) {
  return exchangeOf(stun).read(datagram)?.fields;
}

test("a binding is asked for", () => {
  expect(Buffer.from(exchangeOf(stun).request).toString("hex")).toBe(`000100002112a442${ID}`);
});

describe("coturn", () => {
  test.each([
    ["udp", () => exchangeOf(stun).read(recorded("stun-udp-coturn")[0] ?? new Uint8Array())],
    ["tcp", () => converse(stun, recorded("stun-tcp-coturn")).answer],
  ])("tells over %s where the question came from", (_, ask) => {
    expect(ask()?.fields).toMatchObject({
      ...{ ok: true, mapped: expect.stringMatching(/^127\.0\.0\.1:\d{4,5}$/), origin: "127.0.0.1:3478" },
      software: "Coturn-4.6.1 'Gorst'",
    });
  });

  test("tells what the handshake told, inside TLS", () => {
    const [reply = new Uint8Array()] = recorded("stun-tcp-coturn");
    expect(conversationOf(stuns).next(reply, false, FACTS)).toMatchObject({ answer: { fields: { tls: FACTS } } });
  });
});

test("addresses are unmasked, in both families, by the cookie and the id", () => {
  const port = [0x21 ^ 0x03, 0x12 ^ 0xf1];
  const mask = [0x21, 0x12, 0xa4, 0x42, ...Buffer.from(ID, "hex")];
  const ipv4 = [192, 0, 2, 7].map((byte, at) => byte ^ (mask[at] ?? 0));
  const ipv6 = [0x20, 0x01, 0x0d, 0xb8, ...new Array(11).fill(0), 7].map((byte, at) => byte ^ (mask[at] ?? 0));
  expect(read(message(0x0101, [0x0020, [0, 1, ...port, ...ipv4]]))).toEqual({ ok: true, mapped: "192.0.2.7:1009" });
  expect(read(message(0x0101, [0x0020, [0, 2, ...port, ...ipv6]]))).toEqual({ ok: true, mapped: "[2001:db8::7]:1009" });
  // A server of before RFC 5389 masks nothing.
  expect(read(message(0x0101, [0x0001, [0, 1, 3, 0xf1, 192, 0, 2, 7]]))).toEqual({
    ok: true,
    mapped: "192.0.2.7:1009",
  });
});

test("an error is an answer", () => {
  const error = [0, 0, 4, 1, ...Buffer.from("Unauthorized")];
  expect(read(message(0x0111, [0x0009, error], [0x8022, [0x71]]))).toEqual({
    ...{ ok: false, errorCode: 401, error: "Unauthorized", software: "q" },
  });
});

test("an address of no family, and attributes that are cut off, are left out", () => {
  expect(read(message(0x0101, [0x0020, [0, 3, 0, 0, 0, 0, 0, 0]], [0x802c, [0, 1]]))).toEqual({ ok: true });
  const cut = message(0x0101, [0x8022, [0x71]], [0x0020, [0, 1]]);
  cut[cut.length - 5] = 200;
  expect(read(cut)).toEqual({ ok: true, software: "q" });
});

test("an answer to somebody else, and a request, are none", () => {
  const other = message(0x0101);
  other[19] = 0;
  expect(read(other)).toBeUndefined();
  expect(read(message(0x0001))).toBeUndefined();
  expect(converse(stun, ["HTTP/1.1 400 Bad Request\r\n\r\n"]).foreign).toBe(true);
});

hostileDatagrams(stun, ["stun-udp-coturn"]);
hostileServers(stun, ["stun-tcp-coturn"]);
