import { expect, test } from "vitest";
import { ftp } from "../../../src/probe/protocols/ftp.ts";
import { conversationOf, converse } from "./converse.ts";
import { hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

test("vsftpd greets, and asks an anonymous user for a password", () => {
  const { sent, answer, goodbye } = converse(ftp, recorded("ftp-tcp-vsftpd"));
  expect(sent.map(String)).toEqual(["85,83,69,82,32,97,110,111,110,121,109,111,117,115,13,10"]);
  expect(answer).toEqual({
    protocol: "ftp",
    fields: {
      code: 220,
      banner: "Welcome to the harbour.",
      anonymousCode: 331,
      anonymousReply: "Please specify the password.",
    },
    text: "220 Welcome to the harbour.\n331 Please specify the password.",
  });
  expect(Buffer.from(goodbye ?? []).toString()).toBe("QUIT\r\n");
});

test("a greeting of several lines may say anything between", () => {
  const { answer } = converse(ftp, ["220-Harbour\r\n 220 is no end\r\nFog today\r\n220 Ready\r\n", "230 In\r\n"]);
  expect(answer?.fields).toMatchObject({ banner: "Harbour  220 is no end Fog today Ready", anonymousCode: 230 });
});

test("a server that is not available is asked nothing", () => {
  const { sent, answer } = converse(ftp, ["421 Too many connections\r\n"]);
  expect(sent).toEqual([]);
  expect(answer?.fields).toEqual({ code: 421, banner: "Too many connections" });
});

test("a server that closes after the greeting has greeted", () => {
  expect(converse(ftp, ["220 Harbour\r\n"]).answer?.fields).toEqual({ code: 220, banner: "Harbour" });
});

test("a greeting without an end of line is one when nothing more comes", () => {
  const conversation = conversationOf(ftp);
  expect(conversation.next(Buffer.from("220 Harb"), false)).toEqual({ more: true });
  expect(conversation.next(Buffer.from("220 Harb"), true)).toMatchObject({ answer: { fields: { banner: "Harb" } } });
});

test("mail servers and others are foreign", () => {
  expect(converse(ftp, ["220 mail.harbour.test ESMTP\r\n"]).foreign).toBe(true);
  expect(converse(ftp, ["SSH-2.0-OpenSSH_9.2\r\n"]).foreign).toBe(true);
  expect(converse(ftp, ["250 what\r\n"]).foreign).toBe(true);
  expect(converse(ftp, [""]).foreign).toBe(true);
});

test("what would move the cursor is written out", () => {
  const { answer } = converse(
    ftp,
    ["220 \x1b[2J\x07harbour\xff\r\n"].map((text) => Buffer.from(text, "latin1")),
  );
  expect(answer?.text).toBe("220 \\x1b[2J\\x07harbourÿ");
});

hostileServers(ftp, ["ftp-tcp-vsftpd"]);
