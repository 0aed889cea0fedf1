import { describe, expect, test } from "vitest";
import { kerberos } from "../../../src/probe/protocols/kerberos.ts";
import { element, elementLength } from "../../../src/probe/protocols/wire/ber.ts";
import { converse, exchangeOf } from "./converse.ts";
import { hostileDatagrams, hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

test("a principal that nobody is wants a ticket for the likely realm", () => {
  const request = Buffer.from(exchangeOf(kerberos, { name: "kdc.harbour.test" }).request);
  expect(request.toString("latin1")).toContain("portolan-0102030405060708");
  expect(request.toString("latin1")).toContain("HARBOUR.TEST");
  expect([request[0], elementLength(request)]).toEqual([0x6a, request.length]);
  for (const name of [undefined, "harbour", "192.0.2.7"]) {
    const words = Buffer.from(exchangeOf(kerberos, name === undefined ? {} : { name }).request).toString("latin1");
    expect(words).toContain("PORTOLAN.INVALID");
  }
});

describe("MIT's KDC", () => {
  const told = {
    ...{ errorCode: 6, error: "KDC_ERR_C_PRINCIPAL_UNKNOWN", message: "CLIENT_NOT_FOUND" },
    time: expect.stringMatching(/^2026-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  };

  test("knows no such principal over UDP, and repeats the realm, which tells nothing", () => {
    expect(exchangeOf(kerberos).read(recorded("kerberos-udp-mit")[0] ?? new Uint8Array())?.fields).toEqual(told);
  });

  test("knows no such principal over TCP", () => {
    expect(converse(kerberos, recorded("kerberos-tcp-mit")).answer?.fields).toEqual(told);
  });
});

/** KRB-ERROR with these fields, each as tag, type and content. */
function refusal(...fields: [tag: number, type: number, content: string | number[]][]): Uint8Array {
  return element(0x7e, (writer) => {
    writer.startSequence(0x30);
    for (const [tag, type, content] of fields) {
      writer.startSequence(tag);
      writer.writeBuffer(Buffer.from(content as string), type);
      writer.endSequence();
    }
    writer.endSequence();
  });
}

test("a server that serves another realm tells which", () => {
  const message = refusal([0xa6, 2, [68]], [0xa7, 0x1b, "QUAY.TEST"], [0xa4, 0x18, "20260102030405Z"]);
  expect(exchangeOf(kerberos).read(message)?.fields).toEqual({
    ...{ errorCode: 68, error: "KDC_ERR_WRONG_REALM", realm: "QUAY.TEST", time: "2026-01-02T03:04:05.000Z" },
  });
});

test("a time that is none is left out, and an error without a name has its number", () => {
  const message = refusal([0xa6, 2, [99]], [0xa4, 0x18, "yesterday"]);
  expect(exchangeOf(kerberos).read(message)?.fields).toEqual({ errorCode: 99, error: "unknown" });
});

test("what is no refusal is none", () => {
  expect(exchangeOf(kerberos).read(Buffer.of(0x30, 0))).toBeUndefined();
  expect(exchangeOf(kerberos).read(Buffer.of(0x6b, 0))?.fields).toEqual({ ticket: true });
  expect(converse(kerberos, ["HTTP/1.1 400 Bad Request\r\n\r\n"]).foreign).toBe(true);
});

hostileDatagrams(kerberos, ["kerberos-udp-mit"]);
hostileServers(kerberos, ["kerberos-tcp-mit"]);
