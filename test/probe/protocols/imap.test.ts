import { expect, test } from "vitest";
import { imap } from "../../../src/probe/protocols/imap.ts";
import { converse } from "./converse.ts";
import { hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

test("dovecot greets with what it can, and is asked nothing more", () => {
  const { sent, answer, goodbye } = converse(imap, recorded("imap-tcp-dovecot"));
  expect(sent).toEqual([]);
  expect(answer).toMatchObject({ protocol: "imap", fields: { state: "OK" } });
  expect(answer?.fields.capabilities).toEqual(expect.arrayContaining(["IMAP4rev1", "STARTTLS", "AUTH=PLAIN"]));
  expect(answer?.text).toMatch(/^\* OK \[CAPABILITY .*\] Harbour post ready\.$/);
  expect(Buffer.from(goodbye ?? []).toString()).toBe("a2 LOGOUT\r\n");
});

test("a server that greets without a list is asked for it", () => {
  const { sent, answer } = converse(imap, ["* PREAUTH harbour\r\n", "* CAPABILITY IMAP4rev2 IDLE\r\na1 OK done\r\n"]);
  expect(Buffer.from(sent[0] ?? []).toString()).toBe("a1 CAPABILITY\r\n");
  expect(answer?.fields).toEqual({
    state: "PREAUTH",
    banner: "* PREAUTH harbour",
    capabilities: ["IMAP4rev2", "IDLE"],
  });
});

test("a server that sends its clients away is asked nothing", () => {
  expect(converse(imap, ["* BYE too many\r\n"]).answer?.fields).toEqual({ state: "BYE", banner: "* BYE too many" });
});

test("others are foreign", () => {
  expect(converse(imap, ["+OK ready\r\n"]).foreign).toBe(true);
  expect(converse(imap, ["* hello\r\n"]).foreign).toBe(true);
});

hostileServers(imap, ["imap-tcp-dovecot"]);
