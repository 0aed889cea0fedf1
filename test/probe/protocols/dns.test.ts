import { encode } from "dns-packet";
import { describe, expect, test } from "vitest";
import { dns } from "../../../src/probe/protocols/dns.ts";
import { conversationOf, converse, exchangeOf } from "./converse.ts";
import { hostileDatagrams, hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

const ID = 0x0102;

function read(datagram: Uint8Array | undefined) {
  return exchangeOf(dns).read(datagram ?? new Uint8Array());
}

describe("asking", () => {
  test("for the name servers of the root, under the id that the query gives", () => {
    expect(Buffer.from(exchangeOf(dns).request).toString("hex")).toBe("01020100000100000000000000" + "00020001");
  });

  test("over TCP with the length before it", () => {
    expect(
      Buffer.from(conversationOf(dns).first ?? [])
        .toString("hex")
        .slice(0, 8),
    ).toBe("00110102");
  });
});

describe("BIND answers", () => {
  const names = ["a.roots.test", "b.roots.test", "c.roots.test"];

  test("over UDP, with the records of the root", () => {
    const answer = read(recorded("dns-udp-named")[0]);
    expect(answer).toMatchObject({
      protocol: "dns",
      fields: { rcode: "NOERROR", authoritative: true, answerCount: 3 },
    });
    const answers = answer?.fields.answers as { name: string; type: string; data: string }[];
    expect(answers.map(({ data }) => data).sort()).toEqual(names);
    expect(answers.map(({ name, type }) => `${name} ${type}`)).toEqual([". NS", ". NS", ". NS"]);
  });

  test("over TCP, however its bytes are split", () => {
    const { answer } = converse(dns, recorded("dns-tcp-named"));
    expect(answer?.fields).toMatchObject({ rcode: "NOERROR", recursion: false, truncated: false });
  });
});

test("a refusal is an answer", () => {
  expect(read(recorded("dns-udp-dnsmasq")[0])?.fields).toMatchObject({
    rcode: "REFUSED",
    recursion: true,
    answers: [],
  });
});

test("a reply to somebody else is none", () => {
  expect(read(encode({ type: "response", id: ID + 1 }))).toBeUndefined();
  expect(read(encode({ type: "query", id: ID }))).toBeUndefined();
});

test("a reply whose records are garbled still has its result", () => {
  const whole = recorded("dns-udp-named")[0] ?? new Uint8Array();
  expect(read(whole.subarray(0, 40))?.fields).toMatchObject({ rcode: "NOERROR", malformed: true, answerCount: 0 });
});

test("records of every kind become text, numbers and lists", () => {
  const message = encode({
    type: "response",
    id: ID,
    answers: [
      { type: "TXT", name: "harbour.test", data: ["tide: \x1b[31mhigh", "fog"] },
      { type: "MX", name: "harbour.test", data: { preference: 7, exchange: "mail.harbour.test" } },
      { type: "NULL", name: "harbour.test", data: Buffer.from([0, 1, 2]) },
    ],
  });
  const answers = read(message)?.fields.answers as { data: unknown }[];
  expect(answers.map(({ data }) => data)).toEqual([
    ["tide: \\x1b[31mhigh", "fog"],
    { preference: 7, exchange: "mail.harbour.test" },
    "000102",
  ]);
});

test("what is no DNS over TCP is foreign", () => {
  const { foreign } = converse(dns, ["220 harbour\r\n"]);
  expect(foreign).toBe(true);
});

hostileDatagrams(dns, ["dns-udp-named", "dns-udp-dnsmasq"]);
hostileServers(dns, ["dns-tcp-named"]);
