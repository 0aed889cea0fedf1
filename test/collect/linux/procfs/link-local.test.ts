import { expect, test } from "vitest";
import { isLinkLocal, parseInterfaces, withInterface } from "../../../../src/collect/linux/procfs/link-local.ts";

const TEXT = [
  "fd000000000000000000000000000002 04 40 00 82     eth0",
  "00000000000000000000000000000001 01 80 10 80       lo",
  "fe8000000000000000fc00fffe000001 04 40 20 80     eth0",
  "fe800000000000000000000000000017 05 40 20 80     vlan1",
  "fe800000000000000000000000000017 06 40 20 80     vlan2",
  "garbage",
  "",
].join("\n");

test("the interface of each link-local address that only one has", () => {
  expect([...parseInterfaces(TEXT)]).toEqual([["fe80::fc:ff:fe00:1", "eth0"]]);
  expect(parseInterfaces("").size).toBe(0);
});

test("addresses get an interface only where it is known", () => {
  const interfaces = parseInterfaces(TEXT);
  const own = "fe80::fc:ff:fe00:1";
  expect(withInterface(own, "fe80::9", interfaces)).toEqual({ local: `${own}%eth0`, remote: "fe80::9%eth0" });
  expect(withInterface(own, "::", interfaces)).toEqual({ local: `${own}%eth0`, remote: "::" });
  expect(withInterface("fe80::17", "fe80::9", interfaces)).toEqual({ local: "fe80::17", remote: "fe80::9" });
  expect(withInterface("fd00::2", "fe80::9", interfaces)).toEqual({ local: "fd00::2", remote: "fe80::9" });
});

test("link-local is fe80::/10", () => {
  expect(["fe80::1", "febf::1", "fe90::"].every(isLinkLocal)).toBe(true);
  expect(["fec0::1", "fd00::1", "::1", "fe8::1", "127.0.0.1"].some(isLinkLocal)).toBe(false);
});
