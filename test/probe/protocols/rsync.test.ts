import { expect, test } from "vitest";
import { rsync } from "../../../src/probe/protocols/rsync.ts";
import { conversationOf, converse } from "./converse.ts";
import { hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

test("the daemon of rsync lists the module that it does not hide", () => {
  const { sent, answer } = converse(rsync, recorded("rsync-tcp-rsync"));
  expect(answer?.fields).toEqual({
    ...{ version: "32.0", digests: ["sha512", "sha256", "sha1", "md5", "md4"] },
    ...{ modules: [{ name: "charts", comment: "Charts of the coast" }], moduleCount: 1 },
  });
  expect(sent.map((each) => Buffer.from(each).toString())).toEqual(["@RSYNCD: 29.0\n#list\n"]);
});

test("the message of the day may come before the question, or after it", () => {
  const [greeting = new Uint8Array(), listing = new Uint8Array()] = recorded("rsync-tcp-rsync");
  const conversation = conversationOf(rsync);
  expect(conversation.next(greeting, false)).toHaveProperty("send");
  expect(conversation.next(listing, true)).toMatchObject({ answer: { text: "Welcome to the harbour." } });
  const { answer } = converse(rsync, ["@RSYNCD: 31.0\n", "Moin.\nlogs  \t\n@RSYNCD: EXIT\n"]);
  expect(answer).toMatchObject({
    fields: { version: "31.0", modules: [{ name: "logs", comment: "" }] },
    text: "Moin.",
  });
});

test("an error is an answer, and so is a list that is cut off", () => {
  expect(converse(rsync, ["@RSYNCD: 31.0\n", "@ERROR: access denied\n"]).answer?.fields).toEqual({
    ...{ version: "31.0", error: "access denied", modules: [], moduleCount: 0 },
  });
  expect(converse(rsync, ["@RSYNCD: 31.0\n", "charts\tCoast\nlo"]).answer).toMatchObject({
    fields: { moduleCount: 1 },
  });
  expect(converse(rsync, ["@RSYNCD: 31.0\n"]).answer?.fields).toMatchObject({ moduleCount: 0 });
});

test("another protocol is foreign", () => {
  expect(converse(rsync, ["220 harbour ESMTP\r\n"]).foreign).toBe(true);
  expect(converse(rsync, ["@RSYNCD: new\n"]).foreign).toBe(true);
});

hostileServers(rsync, ["rsync-tcp-rsync"]);
