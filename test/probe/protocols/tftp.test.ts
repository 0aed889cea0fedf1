import { expect, test } from "vitest";
import { tftp } from "../../../src/probe/protocols/tftp.ts";
import { exchangeOf } from "./converse.ts";
import { hostileDatagrams } from "./hostile.ts";
import { recorded } from "./recorded.ts";

const exchange = exchangeOf(tftp);

test("it asks for a file, as bytes", () => {
  expect(Buffer.from(exchange.request).toString("latin1")).toBe("\0\x01portolan-probe\0octet\0");
});

test("tftpd has no such file", () => {
  expect(exchange.read(recorded("tftp-udp-tftpd")[0] ?? new Uint8Array())).toEqual({
    protocol: "tftp",
    fields: { reply: "error", code: 1, meaning: "file not found", message: "File not found" },
  });
});

test("a file that is there proves the server as well, and so do its options", () => {
  expect(exchange.read(Buffer.from("\0\x03\0\x01harbour"))?.fields).toEqual({ reply: "data", bytes: 7 });
  expect(exchange.read(Buffer.from("\0\x06blksize\x292\0"))?.fields).toEqual({ reply: "options" });
});

test("what answers no such question is none", () => {
  expect(exchange.read(Buffer.from("\0\x03\0\x07harbour"))).toBeUndefined();
  expect(exchange.read(Buffer.from("\0\x04\0\x01"))).toBeUndefined();
  expect(exchange.read(Buffer.from("\0\x05\0"))).toBeUndefined();
});

hostileDatagrams(tftp, ["tftp-udp-tftpd"]);
