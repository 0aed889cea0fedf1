import { expect, test } from "vitest";
import { endpointOf } from "./address.ts";

test.each([
  ["127.0.0.1:80", 4, { address: "127.0.0.1", port: 80 }],
  ["127.0.0.53%lo:53", 4, { address: "127.0.0.53", port: 53 }],
  ["*:80", 4, { address: "0.0.0.0", port: 80 }],
  ["*:80", 6, { address: "::", port: 80 }],
  ["[::]:80", 6, { address: "::", port: 80 }],
  [":::80", 6, { address: "::", port: 80 }],
  ["[fe80::1]%eth0:80", 6, { address: "fe80::1%eth0", port: 80 }],
  ["[fe80::1%eth0]:80", 6, { address: "fe80::1%eth0", port: 80 }],
  ["[::ffff:127.0.0.1]:80", 6, { address: "::ffff:127.0.0.1", port: 80 }],
  ["127.0.0.1:80", 6, { address: "::ffff:127.0.0.1", port: 80 }],
  ["0.0.0.0:*", 4, undefined],
  ["", 4, undefined],
] as const)("%s as IPv%d", (text, family, expected) => {
  expect(endpointOf(text, family)).toEqual(expected);
});
