import { describe, expect, test } from "vitest";
import { sip, sips } from "../../../src/probe/protocols/sip.ts";
import { conversationOf, converse, exchangeOf, FACTS } from "./converse.ts";
import { hostileDatagrams, hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

const CALL = "0102030405060708090a0b0c0d0e0f10@portolan.invalid";

test("nothing of this machine is told in the question", () => {
  const request = Buffer.from(exchangeOf(sip, { address: "fe80::7%eth0", port: 5060 }).request).toString();
  expect(request).toMatch(
    /^OPTIONS sip:\[fe80::7\]:5060 SIP\/2\.0\r\nVia: SIP\/2\.0\/UDP portolan\.invalid;rport;branch=z9hG4bK/,
  );
  expect(request).toContain(`Call-ID: ${CALL}\r\n`);
  expect(request.endsWith("Content-Length: 0\r\n\r\n")).toBe(true);
  expect(Buffer.from(conversationOf(sips).first ?? []).toString()).toContain("Via: SIP/2.0/TLS ");
});

describe("Kamailio", () => {
  const told = { version: "2.0", status: 200, reason: "Here", server: "harbour exchange", methods: "OPTIONS, INVITE" };

  test("tells what it can do over UDP", () => {
    const answer = exchangeOf(sip).read(recorded("sip-udp-kamailio")[0] ?? new Uint8Array());
    expect(answer).toMatchObject({ protocol: "sip", fields: told });
    expect(answer?.text).toContain("CSeq: 1 OPTIONS");
  });

  test("tells what it can do over TCP", () => {
    expect(converse(sip, recorded("sip-tcp-kamailio")).answer?.fields).toEqual(told);
  });
});

describe("a server that is still at it", () => {
  const trying = `SIP/2.0 100 Trying\r\nCall-ID: ${CALL}\r\n\r\n`;
  const done = `SIP/2.0 405 Method Not Allowed\r\ni: ${CALL}\r\nUser-Agent: quay\r\n\r\n`;

  test("is waited for", () => {
    expect(exchangeOf(sip).read(Buffer.from(trying))).toBeUndefined();
    expect(converse(sip, [trying + done]).answer?.fields).toMatchObject({ status: 405, userAgent: "quay" });
    expect(converse(sip, [trying]).foreign).toBe(true);
  });
});

test("what the handshake told comes along", () => {
  const step = conversationOf(sips).next(Buffer.from(`SIP/2.0 200 OK\r\nCall-ID: ${CALL}\r\n\r\n`), false, FACTS);
  expect(step).toMatchObject({ answer: { fields: { tls: FACTS } } });
});

test("an answer to somebody else, and another protocol, are foreign", () => {
  expect(exchangeOf(sip).read(Buffer.from("SIP/2.0 200 OK\r\nCall-ID: 7\r\n\r\n"))).toBeUndefined();
  expect(converse(sip, ["HTTP/1.1 400 Bad Request\r\n\r\n"]).foreign).toBe(true);
  expect(converse(sip, ["SIP/9\r\n\r\n"]).foreign).toBe(true);
});

hostileDatagrams(sip, ["sip-udp-kamailio"]);
hostileServers(sip, ["sip-tcp-kamailio"]);
