import { expect, test } from "vitest";
import { vnc } from "../../../src/probe/protocols/vnc.ts";
import { converse } from "./converse.ts";
import { hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

test("TigerVNC lets everybody see its screen", () => {
  const { sent, answer } = converse(vnc, recorded("vnc-tcp-tigervnc"));
  expect(answer).toEqual({ protocol: "vnc", fields: { version: "3.8", security: ["none"], open: true } });
  expect(sent.map((each) => Buffer.from(each).toString())).toEqual(["RFB 003.008\n"]);
});

test("ways of security have names, and those without have numbers", () => {
  expect(converse(vnc, ["RFB 003.889\n", Buffer.of(3, 2, 30, 77)]).answer?.fields).toEqual({
    ...{ version: "3.889", security: ["VNC password", "Apple Remote Desktop", "type 77"], open: false },
  });
});

test("before 3.7 the server chooses", () => {
  const { sent, answer } = converse(vnc, ["RFB 003.003\n", Buffer.of(0, 0, 0, 2)]);
  expect(answer?.fields).toEqual({ version: "3.3", security: ["VNC password"], open: false });
  expect(Buffer.from(sent[0] ?? []).toString()).toBe("RFB 003.003\n");
});

test.each([
  ["RFB 003.008\n", Buffer.of(0, 0, 0, 0, 4)],
  ["RFB 003.003\n", Buffer.of(0, 0, 0, 0, 0, 0, 0, 4)],
])("a refusal has a reason, as far as it comes (%j)", (version, start) => {
  const said = Buffer.concat([start, Buffer.from("full")]);
  expect(converse(vnc, [version, said]).answer?.fields).toMatchObject({ refused: "full" });
  expect(converse(vnc, [version, said.subarray(0, -1)]).answer?.fields).toMatchObject({ refused: "ful" });
});

test("a server that says no more than its version is one", () => {
  expect(converse(vnc, ["RFB 003.008\n"]).answer?.fields).toEqual({ version: "3.8" });
});

test("another protocol is foreign", () => {
  expect(converse(vnc, ["220 harbour ESMTP\r\n"]).foreign).toBe(true);
  expect(converse(vnc, ["RFB 3.8 ....\n"]).foreign).toBe(true);
  expect(converse(vnc, ["RFB"]).foreign).toBe(true);
});

hostileServers(vnc, ["vnc-tcp-tigervnc", [Buffer.from("RFB 003.003\n"), Buffer.of(0, 0, 0, 0, 0, 0, 0, 2, 78, 79)]]);
