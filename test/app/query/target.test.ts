import { describe, expect, test } from "vitest";
import { resolveTarget } from "../../../src/app/query/target.ts";

describe("a target", () => {
  test.each(["127.0.0.1", "::1", "fe80::1%lo", "::ffff:127.0.0.1"])("%s is an address", async (address) => {
    expect(await resolveTarget(address)).toEqual({ addresses: [address] });
  });

  test("brackets around an address are left out", async () => {
    expect(await resolveTarget("[::1]")).toEqual({ addresses: ["::1"] });
  });

  test("a name gives its addresses, each once", async () => {
    const { name, addresses } = await resolveTarget("localhost");
    expect(name).toBe("localhost");
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.filter((address) => address !== "127.0.0.1" && address !== "::1")).toEqual([]);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test.each([
    ["http://localhost:8080/path", "./portolan query localhost -e 8080"],
    ["https://localhost/", "./portolan query localhost -e 443"],
    ["localhost:22", "./portolan query localhost -e 22"],
    ["localhost/", "./portolan query localhost -e 80"],
    ["0.0.0.0", "./portolan query 127.0.0.1"],
    ["::", "./portolan query ::1"],
    ["224.0.0.251", "./portolan query --help"],
    ["ff02::1", "./portolan query --help"],
    ["255.255.255.255", "./portolan query --help"],
    ["", "./portolan query --help"],
    ["two words", "./portolan query --help"],
    ["a\x1b[2Jb", "./portolan query --help"],
  ])("%j is no host", async (host, next) => {
    await expect(resolveTarget(host)).rejects.toMatchObject({ code: "bad-value", status: 64, next });
  });

  test("a name that nobody knows is bad input", async () => {
    await expect(resolveTarget("no-such-host.invalid")).rejects.toMatchObject({
      code: "name-not-resolved",
      status: 65,
      next: "getent ahosts no-such-host.invalid",
    });
  });
});
