import { describe, expect, test } from "vitest";
import { mysql } from "../../../src/probe/protocols/mysql.ts";
import { conversationOf, converse, FACTS } from "./converse.ts";
import { hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

function packet(...payload: (string | number[])[]): Buffer {
  const body = Buffer.concat(payload.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));
  return Buffer.concat([Buffer.of(body.length, 0, 0, 0), body]);
}

/** A greeting of MySQL 8, without encryption unless the bit says so. */
function mysql8(low: number): Buffer {
  const capabilities = [low & 255, low >> 8, 255, 2, 0, 0xff, 0xdf];
  return packet(
    [10],
    "8.0.36\0",
    [7, 0, 0, 0],
    "12345678\0",
    capabilities,
    [21],
    new Array(10).fill(0),
    "123456789012\0",
    "caching_sha2_password\0",
  );
}

describe("MariaDB", () => {
  test("is known by its version, and by its certificate", () => {
    const { sent, answer } = converse(mysql, recorded("mysql-tcp-mariadb"));
    expect(answer?.fields).toEqual({
      ...{ product: "MariaDB", version: expect.stringMatching(/^10\.11\.\d+-MariaDB/), tls: FACTS },
      ...{ authentication: "mysql_native_password" },
      capabilities: ["compression", "TLS", "authentication plugins", "session tracking"],
    });
    expect(answer?.text).toMatch(/^5\.5\.5-10\.11\./);
    // A request to encrypt: 32 bytes, the second packet, the bit of TLS, and no name.
    const request = Buffer.from(sent[0] ?? []);
    expect([request.readUIntLE(0, 3), request[3], request.length]).toEqual([32, 1, 36]);
    expect(request.readUInt32LE(4) & 0x0800).not.toBe(0);
    expect(sent).toHaveLength(1);
  });

  test("has answered where the handshake comes to nothing", () => {
    const conversation = conversationOf(mysql);
    expect(conversation.next(recorded("mysql-tcp-mariadb")[0] ?? new Uint8Array(), false)).toHaveProperty("startTls");
    expect(conversation.next(new Uint8Array(), true)).toMatchObject({ answer: { fields: { product: "MariaDB" } } });
  });
});

test("MySQL is told apart, and not asked to encrypt where it cannot", () => {
  const { sent, answer } = converse(mysql, [mysql8(0xf7ff)]);
  expect(answer).toEqual({
    protocol: "mysql",
    fields: {
      ...{ product: "MySQL", version: "8.0.36", authentication: "caching_sha2_password" },
      capabilities: [
        "compression",
        "authentication plugins",
        "session tracking",
        "zstd compression",
        "query attributes",
      ],
    },
    text: "8.0.36",
  });
  expect(sent).toEqual([]);
  expect(conversationOf(mysql).next(mysql8(0xffff), false)).toHaveProperty("startTls");
});

test.each([
  ["in this version of the protocol", packet([0xff, 0x6a, 0x04], "Host '192.0.2.7' is not allowed to connect")],
  ["with a state of SQL", packet([0xff, 0x6a, 0x04], "#HY000Host '192.0.2.7' is not allowed to connect")],
])("a host that is not allowed is told so, %s", (_, refusal) => {
  const text = "Host '192.0.2.7' is not allowed to connect";
  expect(converse(mysql, [refusal]).answer).toMatchObject({ fields: { errorCode: 1130, error: text }, text });
});

test("a greeting of before 2004 ends early", () => {
  const { answer } = converse(mysql, [packet([10], "3.23.58\0", [7, 0, 0, 0], "12345678\0", [0x2c, 0])]);
  expect(answer?.fields).toEqual({ product: "MySQL", version: "3.23.58" });
});

test("what is no greeting is foreign", () => {
  expect(converse(mysql, ["220 harbour ESMTP\r\n"]).foreign).toBe(true);
  expect(converse(mysql, [packet([9], "3.20\0")]).foreign).toBe(true);
  expect(converse(mysql, [packet([10], "8")]).foreign).toBe(true);
});

hostileServers(mysql, ["mysql-tcp-mariadb", [mysql8(0xffff)]]);
