import fc from "fast-check";
import { expect, test } from "vitest";
import { hostName } from "../../../src/formats/hosts/parse.ts";

const FILE = `# Hosts
127.0.0.1\tlocalhost loopback
 10.23.0.2   far.test far # the other end
#10.23.0.3 hidden
10.23.0.4
::1 ip6-localhost\r
fe80:0::1%eth0 linked
10.23.0.2 again
`;

test.each([
  ["127.0.0.1", "localhost"],
  ["10.23.0.2", "far.test"],
  ["10.23.0.3", undefined],
  ["10.23.0.4", undefined],
  ["0:0:0:0:0:0:0:1", "ip6-localhost"],
  ["fe80::1", "linked"],
  ["nonsense", undefined],
])("%s is called %s", (address, name) => {
  expect(hostName(FILE, address)).toBe(name);
});

test("a hosts file may hold anything", () => {
  const line = fc.oneof(
    fc.string({ unit: "binary", maxLength: 80 }),
    fc.ipV4().map((address) => `${address} name`),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), fc.ipV4(), (lines, address) => {
      expect(hostName(lines.join("\n"), address) ?? "name").toMatch(/^\S+$/u);
    }),
    { numRuns: 300 },
  );
});
