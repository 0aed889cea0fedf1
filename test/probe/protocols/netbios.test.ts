import { expect, test } from "vitest";
import { netbios } from "../../../src/probe/protocols/netbios.ts";
import { exchangeOf } from "./converse.ts";
import { hostileDatagrams } from "./hostile.ts";
import { recorded } from "./recorded.ts";

const exchange = exchangeOf(netbios);
const whole = recorded("netbios-udp-nmbd")[0] ?? new Uint8Array();

test("it asks any node for its status", () => {
  const request = Buffer.from(exchange.request);
  expect(request.subarray(0, 12).toString("hex")).toBe("010200000001000000000000");
  expect(request.subarray(12).toString("latin1")).toBe(` CK${"A".repeat(30)}\0\0!\0\x01`);
});

test("nmbd tells its names, and that it has no address of an adapter", () => {
  const name = (name: string, suffix: string, group: boolean) => ({ name, suffix, group });
  expect(exchange.read(whole)).toEqual({
    protocol: "netbios",
    fields: {
      names: [
        ...[name("PIER7", "00", false), name("PIER7", "03", false), name("PIER7", "20", false)],
        ...[name("HARBOUR", "00", true), name("HARBOUR", "1e", true)],
      ],
      mac: "00:00:00:00:00:00",
    },
  });
});

test("a reply without statistics has names alone", () => {
  const names = exchange.read(whole.subarray(0, 57 + 5 * 18))?.fields;
  expect(names).toMatchObject({ names: expect.any(Array) });
  expect(names).not.toHaveProperty("mac");
});

test("a negative reply is an answer", () => {
  expect(exchange.read(Buffer.from("010284030000000000000000", "hex"))?.fields).toEqual({ rcode: 3 });
});

test("requests, and replies to others, are none", () => {
  expect(exchange.read(Buffer.from(exchange.request))).toBeUndefined();
  expect(exchange.read(Buffer.from([0xff, ...whole.subarray(1)]))).toBeUndefined();
});

hostileDatagrams(netbios, ["netbios-udp-nmbd"]);
