// There is no SQL Server to ask on every machine: the replies follow the published specification.
import { expect, test } from "vitest";
import { tds } from "../../../src/probe/protocols/tds.ts";
import { preloginReply } from "../stubs/sql-server.ts";
import { conversationOf, converse } from "./converse.ts";
import { hostileServers } from "./hostile.ts";

test("the version and the encryption are asked for", () => {
  const header = "1201001a00000000";
  const options = "00000b0006" + "0100110001" + "ff";
  expect(Buffer.from(conversationOf(tds).first ?? []).toString("hex")).toBe(header + options + "00".repeat(7));
});

test.each([
  [0, "available"],
  [2, "not available"],
  [3, "required"],
  [7, "value 7"],
])("a server tells both (%i)", (encryption, told) => {
  expect(converse(tds, [preloginReply([16, 0, 1000], encryption)]).answer).toEqual({
    protocol: "tds",
    fields: { version: "16.0.1000", encryption: told },
  });
});

test("options that point beyond the message, or are no version, are no answer", () => {
  const reply = preloginReply([16, 0, 1000], 0);
  expect(converse(tds, [Buffer.concat([reply.subarray(0, 10), Buffer.of(99), reply.subarray(11)])]).foreign).toBe(true);
  expect(converse(tds, [Buffer.of(4, 1, 0, 9, 0, 0, 1, 0, 0xff)]).foreign).toBe(true);
  expect(converse(tds, ["HTTP/1.1 400 Bad Request\r\n\r\n"]).foreign).toBe(true);
});

hostileServers(tds, [[preloginReply([16, 0, 1000], 1)]]);
