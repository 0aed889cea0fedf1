import { expect, test } from "vitest";
import { smtp } from "../../../src/probe/protocols/smtp.ts";
import { converse } from "./converse.ts";
import { hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

test("Postfix greets, and lists its extensions", () => {
  const { sent, answer } = converse(smtp, recorded("smtp-tcp-postfix"));
  expect(Buffer.from(sent[0] ?? []).toString()).toBe("EHLO [127.0.0.1]\r\n");
  expect(answer).toMatchObject({
    protocol: "smtp",
    fields: { code: 220, banner: "mail.harbour.test ESMTP Harbour post", ehloCode: 250 },
  });
  expect(answer?.fields.extensions).toContain("SIZE 1299709");
  expect(answer?.text?.split("\n")[0]).toBe("220 mail.harbour.test ESMTP Harbour post");
});

test("a server that knows no EHLO says so", () => {
  const { answer } = converse(smtp, ["220 old.harbour.test\r\n", "500 What?\r\n"]);
  expect(answer?.fields).toEqual({ code: 220, banner: "old.harbour.test", ehloCode: 500, ehloReply: "What?" });
});

test("a server that takes no mail is asked nothing", () => {
  const { sent, answer } = converse(smtp, ["554 No SMTP service here\r\n"]);
  expect(sent).toEqual([]);
  expect(answer?.fields.code).toBe(554);
});

test("nonsense after the greeting leaves the greeting", () => {
  const { answer } = converse(smtp, ["220 harbour ESMTP\r\n", "\x00\x00\x00"]);
  expect(answer?.fields).toEqual({ code: 220, banner: "harbour ESMTP" });
});

test("file servers and others are foreign", () => {
  expect(converse(smtp, ["220 Microsoft FTP Service\r\n"]).foreign).toBe(true);
  expect(converse(smtp, ["+OK ready\r\n"]).foreign).toBe(true);
});

hostileServers(smtp, ["smtp-tcp-postfix"]);
