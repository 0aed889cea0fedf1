import { expect, test } from "vitest";
import { openvpn } from "../../../src/probe/protocols/openvpn.ts";
import { conversationOf, converse, exchangeOf } from "./converse.ts";
import { hostileDatagrams, hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

const ANSWER = { protocol: "openvpn", fields: { needsKey: false } };

test("OpenVPN answers the first packet over UDP and over TCP", () => {
  const first = "38" + "0102030405060708" + "00" + "00000000";
  expect(Buffer.from(exchangeOf(openvpn).request).toString("hex")).toBe(first);
  expect(Buffer.from(conversationOf(openvpn).first ?? []).toString("hex")).toBe(`000e${first}`);
  expect(exchangeOf(openvpn).read(recorded("openvpn-udp-openvpn")[0] ?? new Uint8Array())).toEqual(ANSWER);
  expect(converse(openvpn, recorded("openvpn-tcp-openvpn")).answer).toEqual(ANSWER);
});

test("silence is explained", () => {
  expect(openvpn.silence).toContain("tls-crypt");
});

test("what answers somebody else, or nothing of ours, is none", () => {
  const [reply = new Uint8Array()] = recorded("openvpn-udp-openvpn");
  const { read } = exchangeOf(openvpn);
  expect(read(Uint8Array.from(reply).fill(9, 14, 15))).toBeUndefined();
  expect(read(Uint8Array.from(reply).fill(0, 9, 10))).toBeUndefined();
  expect(read(Uint8Array.from(reply).fill(0x38, 0, 1))).toBeUndefined();
  expect(converse(openvpn, ["HTTP/1.1 400 Bad Request\r\n\r\n"]).foreign).toBe(true);
});

hostileDatagrams(openvpn, ["openvpn-udp-openvpn"]);
hostileServers(openvpn, ["openvpn-tcp-openvpn"]);
