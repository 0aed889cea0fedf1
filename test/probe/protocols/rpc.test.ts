import { describe, expect, test } from "vitest";
import { rpc } from "../../../src/probe/protocols/rpc.ts";
import { datagram, type Order, pdu, type Registered, response, results } from "../stubs/endpoint-mapper.ts";
import { conversationOf, converse, exchangeOf } from "./converse.ts";
import { hostileDatagrams, hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

const uuid = "e3514235-4b06-11d1-ab04-00c04fc2dcd2";
const ip: [number, Buffer] = [0x09, Buffer.of(192, 0, 2, 7)];
const REGISTERED: Registered[] = [
  { uuid, annotation: "MS NT Directory DRS Interface", floors: [[0x0b, Buffer.of(0, 0)], [0x07, Buffer.of(4, 1)], ip] },
  { uuid, annotation: "", floors: [[0x0a, Buffer.of(0, 0)], [0x08, Buffer.of(4, 3)], ip] },
  {
    ...{ uuid, annotation: "pipe" },
    floors: [
      [0x0b, Buffer.of(0, 0)],
      [0x0f, Buffer.from("\\PIPE\\lsass\0")],
      [0x11, Buffer.from("\\\\PIER\0")],
    ],
  },
  { uuid, annotation: "web", floors: [[0x0b, Buffer.of(0, 0)], [0x1f, Buffer.of(2, 81)], ip] },
  {
    uuid,
    annotation: "local",
    floors: [
      [0x0c, Buffer.of(0, 0)],
      [0x10, Buffer.from("LRPC-7\x1b\0")],
    ],
  },
  {
    uuid,
    annotation: "old",
    floors: [
      [0x0b, Buffer.of(0, 0)],
      [0x14, Buffer.of(1, 2)],
    ],
  },
];
const ENDPOINTS = [
  { uuid, version: "1.0", annotation: "MS NT Directory DRS Interface", binding: "ncacn_ip_tcp:192.0.2.7[1025]" },
  { uuid, version: "1.0", binding: "ncadg_ip_udp:192.0.2.7[1027]" },
  { uuid, version: "1.0", annotation: "pipe", binding: "ncacn_np:\\\\PIER[\\PIPE\\lsass]" },
  { uuid, version: "1.0", annotation: "web", binding: "ncacn_http:192.0.2.7[593]" },
  { uuid, version: "1.0", annotation: "local", binding: "ncalrpc:[LRPC-7\\x1b]" },
  { uuid, version: "1.0", annotation: "old", binding: "unknown:[0x0b 0x14]" },
];
const ORDERS: Order[] = ["little", "big"];

const bound = (order: Order) => pdu(12, Buffer.alloc(44), order);

test("Samba's mapper tells all its endpoints, in fragments", () => {
  const { sent, answer } = converse(rpc, recorded("rpc-tcp-samba"));
  expect(sent).toHaveLength(3);
  expect(answer?.fields).toMatchObject({ total: 53, complete: true });
  expect(answer?.fields.endpoints).toHaveLength(53);
  expect(answer?.fields.endpoints).toContainEqual({
    ...{ uuid: "12345778-1234-abcd-ef00-0123456789ac", version: "1.0", annotation: "samr" },
    binding: "ncacn_ip_tcp:0.0.0.0[49154]",
  });
});

describe.each(ORDERS)("a mapper with its %s end first", (order) => {
  test("tells bindings of every kind over TCP, in several answers of several fragments", () => {
    const handle = Buffer.alloc(20, 7);
    const [first, rest] = [REGISTERED.slice(0, 2), REGISTERED.slice(2)];
    const replies = [
      ...[bound(order), response(results(first, order, 500, handle), order, 64)],
      response(results(rest, order, 500), order),
    ];
    const { sent, answer } = converse(rpc, replies);
    expect(Buffer.from(sent[2] ?? []).includes(handle)).toBe(true);
    expect(answer?.fields).toEqual({ endpoints: ENDPOINTS, total: 6, complete: true });
  });

  test("tells the first of them over UDP", () => {
    const exchange = exchangeOf(rpc);
    const all = exchange.read(datagram(exchange.request, 2, results(REGISTERED, order, 8), order));
    expect(all?.fields).toEqual({ endpoints: ENDPOINTS, total: 6, complete: true });
    const more = results(REGISTERED, order, 8, Buffer.alloc(20, 7));
    expect(exchange.read(datagram(exchange.request, 2, more, order))?.fields).toMatchObject({ complete: false });
  });

  test("refuses with a fault, which is an answer", () => {
    const fault = Buffer.alloc(16);
    if (order === "little") fault.writeUInt32LE(5, 8);
    else fault.writeUInt32BE(5, 8);
    expect(converse(rpc, [bound(order), pdu(3, fault, order)]).answer?.fields).toMatchObject({
      ...{ total: 0, complete: false, error: "fault 0x00000005" },
    });
    const exchange = exchangeOf(rpc);
    expect(exchange.read(datagram(exchange.request, 6, fault.subarray(8, 12), order))?.fields).toMatchObject({
      error: "fault 0x00000005",
    });
  });
});

test("a mapper that refuses to be bound to is one", () => {
  expect(converse(rpc, [pdu(13, Buffer.alloc(8), "little")]).answer?.fields.error).toBe("refused to bind");
});

test("a mapper that goes on for ever is left, and the rest is counted", () => {
  const conversation = conversationOf(rpc);
  const answered = response(results(Array(500).fill(REGISTERED[0]), "little", 500, Buffer.alloc(20, 7)), "little");
  let step = conversation.next(bound("little"), false);
  for (let questions = 0; "send" in step; questions++) {
    expect(questions).toBeLessThan(100);
    step = conversation.next(answered, false);
  }
  if (!("answer" in step)) throw new Error("no answer");
  expect(step.answer.fields).toMatchObject({ total: 32_000, complete: false });
  expect(step.answer.fields.endpoints).toHaveLength(2048);
});

test("a mapper that closes in the middle has told what it told", () => {
  const replies = [bound("little"), response(results(REGISTERED, "little", 500), "little").subarray(0, 300)];
  expect(converse(rpc, replies).answer?.fields).toMatchObject({ total: 0, complete: false, error: "cut off" });
});

test("others are foreign, and another activity's reply is none", () => {
  expect(converse(rpc, ["220 harbour\r\n"]).foreign).toBe(true);
  expect(converse(rpc, [response(Buffer.alloc(44), "little")]).foreign).toBe(true);
  const { request } = exchangeOf(rpc, { nonce: new Uint8Array(16) });
  expect(exchangeOf(rpc).read(datagram(request, 2, results(REGISTERED, "little", 8), "little"))).toBeUndefined();
});

const { request } = exchangeOf(rpc);
hostileDatagrams(
  rpc,
  ORDERS.map((order) => datagram(request, 2, results(REGISTERED, order, 8), order)),
);
hostileServers(rpc, [
  "rpc-tcp-samba",
  ...ORDERS.map((order) => [bound(order), response(results(REGISTERED, order, 500), order)]),
]);
