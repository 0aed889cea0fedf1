import { expect, test } from "vitest";
import { pop3 } from "../../../src/probe/protocols/pop3.ts";
import { converse } from "./converse.ts";
import { hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

test("dovecot greets, and lists what it can", () => {
  const { sent, answer } = converse(pop3, recorded("pop3-tcp-dovecot"));
  expect(Buffer.from(sent[0] ?? []).toString()).toBe("CAPA\r\n");
  expect(answer).toMatchObject({ protocol: "pop3", fields: { banner: "+OK Harbour post ready." } });
  expect(answer?.fields.capabilities).toEqual(expect.arrayContaining(["UIDL", "STLS", "SASL PLAIN"]));
});

test("a server without CAPA has no list", () => {
  const { answer } = converse(pop3, ["+OK <1896.697170952@harbour.test>\r\n", "-ERR what?\r\n"]);
  expect(answer?.fields).toEqual({ banner: "+OK <1896.697170952@harbour.test>", capabilities: [] });
  expect(answer?.text).toBe("+OK <1896.697170952@harbour.test>\n-ERR what?");
});

test("a server that is not ready is asked nothing", () => {
  const { sent, answer } = converse(pop3, ["-ERR too many\r\n"]);
  expect(sent).toEqual([]);
  expect(answer?.fields).toEqual({ banner: "-ERR too many" });
});

test("a list that is cut off is shown as far as it came", () => {
  const { answer } = converse(pop3, ["+OK\r\n", "+OK\r\nTOP\r\nUI"]);
  expect(answer?.fields).toEqual({ banner: "+OK", capabilities: ["TOP", "UI"] });
});

test("others are foreign", () => {
  expect(converse(pop3, ["* OK IMAP\r\n"]).foreign).toBe(true);
  expect(converse(pop3, ["220 harbour\r\n"]).foreign).toBe(true);
});

hostileServers(pop3, ["pop3-tcp-dovecot"]);
