import { expect, test } from "vitest";
import { coap } from "../../../src/probe/protocols/coap.ts";
import { exchangeOf } from "./converse.ts";
import { hostileDatagrams } from "./hostile.ts";
import { recorded } from "./recorded.ts";

function read(datagram: Uint8Array | string) {
  return exchangeOf(coap).read(typeof datagram === "string" ? Buffer.from(datagram, "hex") : datagram)?.fields;
}

const TOKEN = "03040506";

test("the resources are asked for", () => {
  const path = `bb${Buffer.from(".well-known").toString("hex")}04${Buffer.from("core").toString("hex")}`;
  expect(Buffer.from(exchangeOf(coap).request).toString("hex")).toBe(`44010102${TOKEN}${path}`);
});

test("libcoap's example has four", () => {
  expect(read(recorded("coap-udp-libcoap")[0] ?? "")).toEqual({
    ...{ code: "2.05", resources: ["/", "/time", "/async", "/example_data"], resourceCount: 4 },
  });
});

test("a response may come by itself, in blocks, with long options, or with none", () => {
  const link = Buffer.from("</quay>").toString("hex");
  // Content format 40, then Block2 with more to come, then an option with a long number.
  expect(read(`54450999${TOKEN}c128b10ee00001ff${link}`)).toEqual({
    ...{ code: "2.05", resources: ["/quay"], resourceCount: 1, truncated: true },
  });
  expect(read(`64840102${TOKEN}`)).toEqual({ code: "4.04", resources: [], resourceCount: 0 });
});

test("a device that does not want to speak resets, and that is an answer", () => {
  expect(read("70000102")).toEqual({ reset: true });
});

test("what answers somebody else, or only says that it heard, is none", () => {
  expect(read("70000103")).toBeUndefined();
  expect(read("60000102")).toBeUndefined();
  expect(read(`64450103${TOKEN}`)).toBeUndefined();
  expect(read("6445010203040507")).toBeUndefined();
  expect(read(`a4450102${TOKEN}`)).toBeUndefined();
  expect(read(`69450102${TOKEN}0000000000`)).toBeUndefined();
});

hostileDatagrams(coap, ["coap-udp-libcoap"]);
