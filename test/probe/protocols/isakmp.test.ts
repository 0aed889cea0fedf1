import { describe, expect, test } from "vitest";
import { isakmp } from "../../../src/probe/protocols/isakmp.ts";
import { exchangeOf } from "./converse.ts";
import { hostileDatagrams } from "./hostile.ts";
import { recorded } from "./recorded.ts";

const exchange = exchangeOf(isakmp);

function read(file: string) {
  return exchange.read(recorded(file)[0] ?? new Uint8Array());
}

test("it begins version 2, and where that is not answered version 1, each under its own number", () => {
  const requests = [exchange.request, ...(exchange.further ?? [])].map((request) => Buffer.from(request));
  expect(requests.map((request) => request.subarray(0, 8).toString("hex"))).toEqual([
    "0102030405060708",
    "090a0b0c0d0e0f10",
  ]);
  expect(requests.map((request) => request[17])).toEqual([0x20, 0x10]);
  for (const request of requests) expect(request.readUInt32BE(24)).toBe(request.length);
});

test("the key is a number below the prime of its group", () => {
  const request = Buffer.from(exchange.request);
  // Its payload starts with the group, 14, and 256 bytes follow.
  const at = request.indexOf(Buffer.from([0x01, 0x08, 0, 14, 0, 0])) + 6;
  expect(request[at]).toBeLessThan(0xff);
  expect(request.length).toBeGreaterThan(at + 256);
});

describe("charon", () => {
  test("chooses among what version 2 offers", () => {
    expect(read("isakmp-udp-charon")?.fields).toMatchObject({
      ...{ version: "2.0", exchange: "IKE_SA_INIT", responder: expect.stringMatching(/^[0-9a-f]{16}$/) },
      chosen: {
        ...{ encryption: "AES-CBC-256", integrity: "HMAC-SHA2-256-128", prf: "HMAC-SHA2-256", group: "MODP-2048" },
      },
      notifies: ["CHILDLESS_IKEV2_SUPPORTED", "MULTIPLE_AUTH_SUPPORTED"],
    });
  });

  test("chooses among what version 1 offers", () => {
    expect(read("isakmp-udp-charon-ikev1")?.fields).toMatchObject({
      ...{ version: "1.0", exchange: "main mode", vendors: ["XAUTH", "dead peer detection"] },
      chosen: { encryption: "AES-CBC-128", hash: "SHA1", authentication: "pre-shared key", group: "MODP-2048" },
    });
  });

  test("refuses where nobody agreed on anything", () => {
    expect(read("isakmp-udp-charon-refusing")?.fields).toMatchObject({ notifies: ["NO_PROPOSAL_CHOSEN"] });
  });
});

test("a notification of version 1 has its own names", () => {
  const body = Buffer.from("00000001" + "01000018", "hex");
  const payload = Buffer.concat([Buffer.from([0, 0, 0, 4 + body.length]), body]);
  const header = Buffer.concat([
    Buffer.from("090a0b0c0d0e0f10", "hex"),
    Buffer.alloc(8),
    Buffer.from([11, 0x10, 5, 0]),
  ]);
  const end = Buffer.alloc(8);
  end.writeUInt32BE(28 + payload.length, 4);
  expect(exchange.read(Buffer.concat([header, end, payload]))?.fields).toMatchObject({
    ...{ version: "1.0", exchange: "informational", notifies: ["AUTHENTICATION-FAILED"] },
  });
});

test("another initiator's reply is none", () => {
  expect(exchangeOf(isakmp, { nonce: new Uint8Array(16) }).read(recorded("isakmp-udp-charon")[0] ?? Buffer.of())).toBe(
    undefined,
  );
});

hostileDatagrams(isakmp, ["isakmp-udp-charon", "isakmp-udp-charon-ikev1", "isakmp-udp-charon-refusing"]);
