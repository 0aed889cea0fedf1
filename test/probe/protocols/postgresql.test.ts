import { describe, expect, test } from "vitest";
import { postgresql } from "../../../src/probe/protocols/postgresql.ts";
import { conversationOf, converse, FACTS } from "./converse.ts";
import { hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

const REFUSAL = {
  ...{ severity: "FATAL", code: "0A000", oldestProtocol: "3.0", newestProtocol: "3.0" },
  message: "unsupported frontend protocol 255.255: server supports 3.0 to 3.0",
};

describe("PostgreSQL", () => {
  test("encrypts, and refuses a version that does not exist, without a user having been named", () => {
    const { sent, answer } = converse(postgresql, recorded("postgresql-tcp-encrypting"));
    expect(answer?.fields).toEqual({ encryption: "offered", ...REFUSAL, tls: FACTS });
    expect(sent.map((each) => Buffer.from(each).toString("hex"))).toEqual(["0000000804d2162f", "0000000900ff00ff00"]);
  });

  test("refuses to encrypt", () => {
    const { answer } = converse(postgresql, recorded("postgresql-tcp-plain"));
    expect(answer?.fields).toMatchObject({ encryption: "refused", ...REFUSAL });
    expect(answer?.fields).not.toHaveProperty("tls");
  });

  test("has answered where it says nothing more, and where the handshake comes to nothing", () => {
    expect(converse(postgresql, ["N"]).answer?.fields).toEqual({ encryption: "refused" });
    const conversation = conversationOf(postgresql);
    expect(conversation.next(Buffer.from("S"), false)).toEqual({ startTls: true });
    expect(conversation.next(new Uint8Array(), true)).toMatchObject({ answer: { fields: { encryption: "offered" } } });
  });
});

test("bytes that come with the readiness to encrypt were not encrypted, and are not trusted", () => {
  expect(conversationOf(postgresql).next(Buffer.from("SE"), false)).toEqual({ foreign: true });
});

test("a server that is full says so at once", () => {
  const text = "SFATAL\0C53300\0Msorry, too many clients already\0\0";
  const { answer } = converse(postgresql, [
    Buffer.concat([Buffer.from("E\0\0\0"), Buffer.of(4 + text.length), Buffer.from(text)]),
  ]);
  expect(answer?.fields).toEqual({ severity: "FATAL", code: "53300", message: "sorry, too many clients already" });
});

test("a server of before 2003 answers with text alone", () => {
  const { answer } = converse(postgresql, ["EFATAL 1:  unsupported frontend protocol\n\0"]);
  expect(answer?.fields).toEqual({ message: "FATAL 1:  unsupported frontend protocol" });
});

test("what is no reply is foreign", () => {
  expect(converse(postgresql, ["HTTP/1.1 400 Bad Request\r\n\r\n"]).foreign).toBe(true);
  expect(converse(postgresql, []).foreign).toBe(true);
  expect(converse(postgresql, ["N", "RR"]).answer?.fields).toEqual({ encryption: "refused" });
});

hostileServers(postgresql, ["postgresql-tcp-encrypting", "postgresql-tcp-plain"]);
