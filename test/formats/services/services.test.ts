import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseServices } from "../../../src/formats/services/parse.ts";
import { registeredServices } from "../../../src/formats/services/registry.ts";

const FILE = `# Network services, Internet style
tcpmux\t\t1/tcp\t\t\t\t# TCP port service multiplexer
domain\t\t53/tcp\t\tnameserver
domain          53/udp
  http 80/tcp www # World Wide Web HTTP
www 80/tcp
ldap 1025/tcp#by our own hand

odd
odd 70
odd 0/tcp
odd 65536/tcp
odd 77/sctp
odd 78/tcpx
#odd 79/tcp
`;

describe("a services file", () => {
  test("names ports, each protocol by itself; the first name counts", () => {
    const { tcp, udp } = parseServices(FILE);
    expect([...tcp]).toEqual([
      [1, "tcpmux"],
      [53, "domain"],
      [80, "http"],
      [1025, "ldap"],
    ]);
    expect([...udp]).toEqual([[53, "domain"]]);
  });

  test("with the line ends of Windows is read alike", () => {
    expect(parseServices(FILE.replaceAll("\n", "\r\n"))).toEqual(parseServices(FILE));
  });

  test("may hold anything", () => {
    const lines = fc.array(
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 60 }),
        fc.tuple(fc.string({ maxLength: 90 }), fc.nat(99_999)).map(([name, port]) => `${name} ${port}/udp`),
        fc.nat(9_000).map((length) => `${"x".repeat(length)} 9/tcp`),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(lines, (each) => {
        for (const names of Object.values(parseServices(each.join("\n")))) {
          for (const [port, name] of names) {
            expect(port >= 1 && port <= 65_535).toBe(true);
            expect(name).toMatch(/^\S{1,64}$/u);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("IANA's registry", () => {
  const { tcp, udp } = registeredServices();

  test.each([
    [22, "ssh"],
    [53, "domain"],
    [80, "http"],
    [389, "ldap"],
    [443, "https"],
    [1433, "ms-sql-s"],
    [1883, "mqtt"],
    [3306, "mysql"],
    [5432, "postgresql"],
    [6379, "redis"],
  ])("tcp %i is %s", (port, name) => {
    expect(tcp.get(port)).toBe(name);
  });

  test("udp has names of its own", () => {
    expect([69, 123, 161, 500, 1701, 1900].map((port) => udp.get(port))).toEqual([
      ...["tftp", "ntp", "snmp", "isakmp", "l2tp", "ssdp"],
    ]);
  });

  test("holds valid names of valid ports only", () => {
    expect(tcp.size).toBeGreaterThan(5_000);
    const odd = [...tcp, ...udp].filter(([port, name]) => !(port >= 1 && port <= 65_535 && /^[\w-]{1,40}$/.test(name)));
    expect(odd).toEqual([]);
  });
});
