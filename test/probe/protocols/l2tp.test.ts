import { expect, test } from "vitest";
import { avp } from "../../../src/probe/protocols/l2tp/message.ts";
import { l2tp } from "../../../src/probe/protocols/l2tp.ts";
import { exchangeOf } from "./converse.ts";
import { hostileDatagrams } from "./hostile.ts";
import { recorded } from "./recorded.ts";

const exchange = exchangeOf(l2tp);

/** A control message of a server: its length and the tunnel are filled in. */
function message(tunnel: number, ...avps: Uint8Array[]): Buffer {
  const body = Buffer.concat(avps);
  const start = Buffer.from([0xc8, 0x02, 0, 12 + body.length, tunnel >> 8, tunnel & 255, 0, 0, 0, 0, 0, 1]);
  return Buffer.concat([start, body]);
}

test("it asks to set up a tunnel, under a number of its own", () => {
  const request = Buffer.from(exchange.request);
  expect(request.readUInt16BE(2)).toBe(request.length);
  expect(request.subarray(12, 20).toString("hex")).toBe("8008000000000001");
  expect(request.includes(Buffer.from("800800000009" + "0102", "hex"))).toBe(true);
});

test("xl2tpd would", () => {
  expect(exchange.read(recorded("l2tp-udp-xl2tpd")[0] ?? new Uint8Array())).toEqual({
    protocol: "l2tp",
    fields: { reply: "accepted", host: "harbour", vendor: "xelerance.com", firmware: 0x0690, version: "1.0" },
  });
});

test("a server that would not says why", () => {
  const result = Buffer.concat([Buffer.from([0, 2, 0, 4]), Buffer.from("no berth")]);
  const refusal = message(0x0102, avp(0, Buffer.from([0, 4])), avp(1, result));
  expect(exchange.read(refusal)?.fields).toEqual({ reply: "refused", result: 2, error: 4, message: "no berth" });
});

test("an acknowledgement alone is an answer", () => {
  expect(exchange.read(message(0x0102))?.fields).toEqual({ reply: "acknowledgement" });
});

test("another tunnel's messages and data are none", () => {
  expect(exchange.read(message(0x0103, avp(0, Buffer.from([0, 2]))))).toBeUndefined();
  expect(exchange.read(Buffer.from("4002000c0102000000000000", "hex"))).toBeUndefined();
  expect(exchange.read(message(0x0102, Buffer.from([0x80, 3, 0, 0, 0, 0])))).toBeUndefined();
});

hostileDatagrams(l2tp, ["l2tp-udp-xl2tpd"]);
