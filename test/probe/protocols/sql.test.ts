import { expect, test } from "vitest";
import { sql } from "../../../src/probe/protocols/sql.ts";
import { browserReply, INSTANCES } from "../stubs/sql-browser.ts";
import { exchangeOf } from "./converse.ts";
import { hostileDatagrams } from "./hostile.ts";

const exchange = exchangeOf(sql);

test("it asks for all instances", () => {
  expect([...exchange.request]).toEqual([3]);
});

test("instances have the server's own names and values, in their order", () => {
  const answer = exchange.read(browserReply(INSTANCES));
  expect(answer).toEqual({ protocol: "sql", fields: { instances: INSTANCES } });
  expect(JSON.stringify(answer?.fields.instances)).toBe(JSON.stringify(INSTANCES));
});

test("a reply that is cut off, or whose length is wrong, has what came", () => {
  const reply = browserReply(INSTANCES);
  expect(exchange.read(reply.subarray(0, 40))?.fields.instances).toEqual([
    { ServerName: "ILSUNG1", InstanceName: "YUKON" },
  ]);
  expect(exchange.read(Buffer.of(5, 0, 0))?.fields.instances).toEqual([]);
});

test("what is no reply is none", () => {
  expect(exchange.read(Buffer.of(3))).toBeUndefined();
  expect(exchange.read(Buffer.of(5, 1))).toBeUndefined();
});

test("more instances than a server can have are not shown", () => {
  const many = Array.from({ length: 1009 }, (_, i) => ({ InstanceName: `I${i}` }));
  expect(exchange.read(browserReply(many))?.fields.instances).toHaveLength(64);
});

hostileDatagrams(sql, [browserReply(INSTANCES)]);
