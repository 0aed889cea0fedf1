import { expect, test } from "vitest";
import { amqp, amqps } from "../../../src/probe/protocols/amqp.ts";
import { conversationOf, converse, FACTS } from "./converse.ts";
import { hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

test("RabbitMQ tells what it is", () => {
  const { sent, answer } = converse(amqp, recorded("amqp-tcp-rabbitmq"));
  expect(answer?.fields).toEqual({
    ...{ speaks: "0-9", product: "RabbitMQ", version: "3.10.8", platform: "Erlang/OTP 25.2.3", cluster: "harbour" },
    mechanisms: ["PLAIN", "AMQPLAIN"],
  });
  expect(sent.map((each) => Buffer.from(each).toString("hex"))).toEqual(["414d515000000901"]);
});

test.each([
  ["0-9-1", "AMQP\0\0\x09\x01"],
  ["1-0-0", "AMQP\x03\x01\0\0"],
])("a broker of another version says so: %s", (speaks, reply) => {
  expect(converse(amqp, [reply]).answer).toEqual({ protocol: "amqp", fields: { speaks } });
});

/** Connection.Start in a frame, with a table of these bytes. */
function start(table: number[]): Buffer {
  const body = [0, 10, 0, 10, 0, 9, 0, 0, 0, table.length, ...table, 0, 0, 0, 5, ...Buffer.from("PLAIN")];
  return Buffer.from([1, 0, 0, 0, 0, 0, body.length, ...body, 0xce]);
}

test("of properties that cannot be read to the end, those before are told", () => {
  const product = [7, ...Buffer.from("product"), 0x53, 0, 0, 0, 4, ...Buffer.from("quay")];
  expect(converse(amqp, [start([...product, 1, 0x78, 0x74, 1, 1, 0x79, 0x53, 0, 0, 0, 9])]).answer?.fields).toEqual({
    ...{ speaks: "0-9", product: "quay", mechanisms: ["PLAIN"] },
  });
  const other = [11, ...Buffer.from("__proto__.x"), 0x53, 0, 0, 0, 1, 0x71];
  expect(converse(amqp, [start(other)]).answer?.fields).toEqual({ speaks: "0-9", mechanisms: ["PLAIN"] });
});

test("what the handshake told comes along", () => {
  expect(conversationOf(amqps).next(start([]), false, FACTS)).toMatchObject({ answer: { fields: { tls: FACTS } } });
});

test("what is no broker is foreign", () => {
  expect(converse(amqp, ["HTTP/1.1 400 Bad Request\r\n\r\n"]).foreign).toBe(true);
  expect(converse(amqp, ["AMQP"]).foreign).toBe(true);
  expect(converse(amqp, [Buffer.concat([start([]).subarray(0, -1), Buffer.of(0)])]).foreign).toBe(true);
});

hostileServers(amqp, ["amqp-tcp-rabbitmq", [Buffer.from("AMQP\0\0\x09\x01")]]);
