import { expect, test } from "vitest";
import { quic } from "../../../src/probe/protocols/quic.ts";
import { exchangeOf } from "./converse.ts";
import { hostileDatagrams } from "./hostile.ts";
import { recorded } from "./recorded.ts";

test("a packet of 1200 bytes asks in a reserved version, with two names of 8 bytes", () => {
  const request = Buffer.from(exchangeOf(quic).request);
  expect(request).toHaveLength(1200);
  expect(request.toString("hex", 0, 24)).toBe("c01a2a3a4a" + "080102030405060708" + "08090a0b0c0d0e0f10" + "00");
});

test("ngtcp2 speaks version 1, and one that nobody does", () => {
  expect(exchangeOf(quic).read(recorded("quic-udp-ngtcp2")[0] ?? new Uint8Array())?.fields).toEqual({
    versions: ["1"],
  });
});

/** A negotiation between these names. */
function negotiation(to: string, from: string, versions: string): Buffer {
  return Buffer.from(`8000000000${to}${from}${versions}`, "hex");
}
const [CLIENT, SERVER] = ["08090a0b0c0d0e0f10", "080102030405060708"];

test("versions have the names that people use", () => {
  const versions = ["00000001", "6b3343cf", "ff00001d", "51303530", "faceb002", "3a4a5a6a"].join("");
  expect(exchangeOf(quic).read(negotiation(CLIENT, SERVER, versions))?.fields).toEqual({
    versions: ["1", "2", "draft-29", "Q050", "0xfaceb002"],
  });
});

test("a negotiation between others, and other packets, are none", () => {
  const { read } = exchangeOf(quic);
  expect(read(negotiation(SERVER, CLIENT, "00000001"))).toBeUndefined();
  expect(read(Buffer.from("0000000000", "hex"))).toBeUndefined();
  expect(read(Buffer.from(`c000000001${CLIENT}${SERVER}`, "hex"))).toBeUndefined();
});

hostileDatagrams(quic, ["quic-udp-ngtcp2"]);
