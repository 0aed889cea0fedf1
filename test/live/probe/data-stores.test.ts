import { describe, expect, test } from "vitest";
import { OWN } from "./island.ts";
import { realServer } from "./real-server.ts";
import { mariadb } from "./servers/mariadb.ts";
import { memcached } from "./servers/memcached.ts";
import { POSTGRES, postgres } from "./servers/postgres.ts";
import { redis } from "./servers/redis.ts";

realServer("Redis", { needs: ["redis-server"], start: (island) => redis(island) }, (ask) => {
  test("tells what it is on this machine", async () => {
    const { fields } = await ask({ protocol: "redis", transport: "tcp", port: 6379 });
    expect(fields).toMatchObject({ open: true, version: expect.stringMatching(/^\d+\.\d+/), mode: "standalone" });
  });

  test("refuses whoever comes from elsewhere, since it has no password", async () => {
    const { fields, text } = await ask({ protocol: "redis", transport: "tcp", port: 6379, address: OWN });
    expect(fields).toEqual({ open: false, error: "DENIED" });
    expect(text).toContain("protected mode");
  });
});

realServer("Redis with a password", { needs: ["redis-server"], start: (island) => redis(island, "Pier-7") }, (ask) => {
  test("wants it", async () => {
    const { fields } = await ask({ protocol: "redis", transport: "tcp", port: 6379 });
    expect(fields).toEqual({ open: false, error: "NOAUTH" });
  });
});

realServer("memcached", { needs: ["memcached"], start: memcached }, (ask) => {
  test.each(["tcp", "udp"] as const)("tells its version over %s", async (transport) => {
    const { fields } = await ask({ protocol: "memcached", transport, port: 11211 });
    expect(fields).toEqual({ open: true, version: expect.stringMatching(/^1\.\d+\.\d+/) });
  });
});

describe("PostgreSQL", () => {
  const needs = [`${POSTGRES}/postgres`, "setpriv", "openssl"];
  const refusal = { code: "0A000", newestProtocol: expect.stringMatching(/^3\.\d$/) };

  realServer("that encrypts", { needs, start: (island) => postgres(island, true) }, (ask) => {
    test("shows its certificate, and which versions it knows", async () => {
      const { fields } = await ask({ protocol: "postgresql", transport: "tcp", port: 5432 });
      expect(fields).toMatchObject({
        ...{ encryption: "offered", ...refusal },
        tls: { certificate: { subject: "quay.harbour.test" } },
      });
    });
  });

  realServer("that does not", { needs, start: (island) => postgres(island, false) }, (ask) => {
    test("says so, and which versions it knows", async () => {
      const { fields } = await ask({ protocol: "postgresql", transport: "tcp", port: 5432 });
      expect(fields).toMatchObject({ encryption: "refused", ...refusal });
    });
  });
});

realServer("MariaDB", { needs: ["mariadbd", "openssl"], start: mariadb }, (ask) => {
  test("greets, and shows its certificate", async () => {
    const { fields } = await ask({ protocol: "mysql", transport: "tcp", port: 3306 });
    expect(fields).toMatchObject({
      ...{ product: "MariaDB", version: expect.stringMatching(/^10\./), authentication: "mysql_native_password" },
      tls: { certificate: { subject: "tables.harbour.test" } },
    });
  });
});
