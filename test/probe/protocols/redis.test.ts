import { describe, expect, test } from "vitest";
import { redis } from "../../../src/probe/protocols/redis.ts";
import { converse } from "./converse.ts";
import { hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

describe("Redis", () => {
  test("tells what it is to whom it lets in", () => {
    const { sent, answer } = converse(redis, recorded("redis-tcp-redis"));
    expect(answer?.fields).toMatchObject({ open: true, version: "7.0.15", mode: "standalone" });
    expect(answer?.fields).toMatchObject({
      operatingSystem: expect.stringMatching(/^Linux /),
      uptimeSeconds: expect.any(Number),
    });
    expect(sent.map((each) => Buffer.from(each).toString())).toEqual([
      "*1\r\n$4\r\nPING\r\n",
      "*2\r\n$4\r\nINFO\r\n$6\r\nserver\r\n",
    ]);
  });

  test.each([
    ["redis-tcp-redis-password", "NOAUTH", "NOAUTH Authentication required."],
    ["redis-tcp-redis-protected", "DENIED", expect.stringMatching(/^DENIED Redis is running in protected mode/)],
  ])("says why it refuses (%s)", (file, error, text) => {
    expect(converse(redis, recorded(file)).answer).toEqual({ protocol: "redis", fields: { open: false, error }, text });
  });
});

test("a server that does not let everybody know what it is, is open all the same", () => {
  const { answer } = converse(redis, ["+PONG\r\n", "-NOPERM this user has no permissions\r\n"]);
  expect(answer?.fields).toEqual({ open: true, error: "NOPERM this user has no permissions" });
  expect(converse(redis, ["+PONG\r\n", "HTTP\r\n"]).answer?.fields).toEqual({ open: true });
  expect(converse(redis, ["+PONG\r\n"]).answer?.fields).toEqual({ open: true });
});

test("Valkey names itself", () => {
  const about =
    "server_name:valkey\r\nredis_version:7.2.4\r\nvalkey_version:8.1.0\r\nserver_mode:cluster\r\nuptime_in_seconds:x\r\n";
  const { answer } = converse(redis, ["+PONG\r\n", `$${about.length}\r\n${about}\r\n`]);
  expect(answer?.fields).toEqual({
    ...{ open: true, product: "valkey", version: "7.2.4", valkeyVersion: "8.1.0", mode: "cluster", uptimeSeconds: 0 },
  });
});

test("what is no reply is foreign", () => {
  expect(converse(redis, ["HTTP/1.1 400 Bad Request\r\n\r\n"]).foreign).toBe(true);
  expect(converse(redis, ["-no such thing\r\n"]).foreign).toBe(true);
  expect(converse(redis, ["+OK\r\n"]).foreign).toBe(true);
  expect(converse(redis, ["$99999999999\r\n"]).foreign).toBe(true);
});

hostileServers(redis, ["redis-tcp-redis", "redis-tcp-redis-password"]);
