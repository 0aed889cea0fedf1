import { expect, test } from "vitest";
import { banner } from "../../../src/probe/protocols/banner.ts";
import { conversationOf, converse } from "./converse.ts";
import { hostileServers } from "./hostile.ts";

test("a line is shown when it is whole, and asks for nothing", () => {
  expect(converse(banner, ["Harbour control\r\n"])).toEqual({
    sent: [],
    answer: { protocol: "unknown", fields: { bytes: 17 }, text: "Harbour control" },
  });
});

test("what is no line is shown when nothing more comes", () => {
  expect(conversationOf(banner).next(Buffer.from("login: "), false)).toEqual({ more: true });
  expect(conversationOf(banner).next(Buffer.from("login: "), true)).toMatchObject({ answer: { text: "login: " } });
});

test("bytes are shown as text that does nothing", () => {
  const { answer } = converse(banner, [Buffer.from("\xff\xfd\x18\x1b[31m\u00e9\n", "latin1")]);
  expect(answer?.text).toBe("ÿý\\x18\\x1b[31mé");
});

test("a server that says nothing has no banner", () => {
  expect(converse(banner, []).foreign).toBe(true);
});

hostileServers(banner, ["ftp-tcp-vsftpd"]);
