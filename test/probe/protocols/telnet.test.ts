import { expect, test } from "vitest";
import type { Conversation } from "../../../src/probe/protocol.ts";
import { telnet } from "../../../src/probe/protocols/telnet.ts";
import { conversationOf, converse } from "./converse.ts";
import { hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

function hear(conversation: Conversation, bytes: Uint8Array | number[] | string, ended = false) {
  return conversation.next(typeof bytes === "string" ? Buffer.from(bytes) : Uint8Array.from(bytes), ended);
}

const [IAC, WILL, DO, SB, SE] = [255, 251, 253, 250, 240];

test("inetutils' telnetd is refused every option, and asks for a name", () => {
  const conversation = conversationOf(telnet);
  const replies = recorded("telnet-tcp-inetutils");
  const steps = replies.map((reply) => conversation.next(reply, false));
  const sent = steps.flatMap((step) => ("send" in step ? [Buffer.from(step.send).toString("hex")] : []));
  // DONT authentication, DONT encryption, WONT terminal type, …
  expect(sent[0]).toBe("fffe25fffe26fffc18fffc20fffc23fffc27fffc24");
  const last = steps.at(-1);
  expect(last).toMatchObject({
    answer: {
      fields: {
        does: expect.arrayContaining(["authentication", "suppress go ahead", "echo"]),
        asks: expect.arrayContaining(["terminal type", "window size", "new environment"]),
      },
      text: expect.stringMatching(/^Linux \S+ \(quay\) \(pts\/\d+\)\n\nquay login:$/),
    },
  });
});

test("a command that is cut off is waited for, and text is kept", () => {
  const conversation = conversationOf(telnet);
  expect(hear(conversation, [0x48, 0x69, IAC, DO, 24, IAC])).toEqual({ more: true });
  expect(hear(conversation, [0x48, 0x69, IAC, DO, 24, IAC, WILL, 1])).toHaveProperty("send");
  expect(hear(conversation, " there\r\n")).toEqual({ more: true });
  expect(hear(conversation, " there\r\nPassword: ")).toMatchObject({
    answer: { fields: { does: ["echo"], asks: ["terminal type"] }, text: "Hi there\nPassword:" },
  });
});

test("subnegotiations and bytes of 255 are no text that does something", () => {
  const bytes = [IAC, WILL, 77, IAC, SB, 24, 1, 0x41, IAC, SE, IAC, IAC, 0x0d, 0, 0x1b];
  const conversation = conversationOf(telnet);
  expect(hear(conversation, bytes)).toHaveProperty("send");
  expect(hear(conversation, "", true)).toMatchObject({
    answer: { fields: { does: ["option 77"], asks: [] }, text: "ÿ\\x0d\\x1b" },
  });
});

test("a server that keeps asking is refused eight times, and then waited for", () => {
  const conversation = conversationOf(telnet);
  const steps = Array.from({ length: 11 }, () => hear(conversation, [IAC, DO, 1]));
  expect(steps.filter((step) => "send" in step)).toHaveLength(8);
  expect(hear(conversation, [], true)).toMatchObject({ answer: { fields: { asks: ["echo"] } } });
});

test("a server that negotiates nothing is one where it asks for a name", () => {
  expect(converse(telnet, ["Harbour office\r\nlogin: "]).answer).toEqual({
    ...{ protocol: "telnet", fields: { does: [], asks: [] }, text: "Harbour office\nlogin:" },
  });
  expect(converse(telnet, ["220 harbour ESMTP\r\n"]).foreign).toBe(true);
});

hostileServers(telnet, ["telnet-tcp-inetutils"]);
