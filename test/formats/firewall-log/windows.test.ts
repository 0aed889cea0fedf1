import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WindowsFirewallLog } from "../../../src/formats/firewall-log/windows.ts";

const HEADING = `#Version: 1.5
#Software: Microsoft Windows Firewall
#Time Format: Local
#Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path`;
const DROP = "2026-11-17 14:05:09 DROP TCP 198.51.100.7 192.0.2.1 50003 4444 52 S 3018 0 64240 - - - RECEIVE";

function read(...lines: string[]) {
  const log = new WindowsFirewallLog();
  return lines.map((line) => log.read(line));
}

describe("a line of Windows Firewall", () => {
  test("names both ends, the action and the path", () => {
    const [, , , heading, blank, packet] = read(...HEADING.split("\n"), "", DROP);
    expect([heading, blank]).toEqual(["heading", undefined]);
    expect(packet).toEqual({
      time: expect.objectContaining({ year: 2026, month: 11, day: 17, hour: 14, precision: 1e6 }),
      label: "DROP",
      protocol: "tcp",
      source: { address: "198.51.100.7", port: 50003 },
      destination: { address: "192.0.2.1", port: 4444 },
      way: "in",
      handshake: "asks",
    });
  });

  test("is read without the heading of its file", () => {
    expect(read(DROP)[0]).toMatchObject({ label: "DROP", way: "in" });
  });

  test("has its fields where the heading says", () => {
    const fields = "#Fields: date time path action protocol dst-ip src-ip dst-port src-port pid";
    const [, packet] = read(fields, "2026-11-17 14:05:09 SEND ALLOW UDP fe80::1%5 10.0.0.7 53 40000 4711");
    expect(packet).toMatchObject({
      protocol: "udp",
      source: { address: "10.0.0.7", port: 40000 },
      destination: { address: "fe80::1", port: 53 },
      way: "out",
    });
  });

  test("may be in universal time", () => {
    expect(read("#Time Format: GMT", DROP)[1]).toMatchObject({ time: { zone: 0 } });
    expect(read("#Time Format: Local", DROP)[1]).not.toMatchObject({ time: { zone: 0 } });
  });

  test("may be a broadcast, or without ports", () => {
    const broadcast = "2026-11-17 14:05:09 ALLOW UDP 10.0.0.7 10.0.0.255 138 138 0 - - - - - - - RECEIVE";
    const ping = "2026-11-17 14:05:09 DROP ICMP 10.0.0.7 10.0.0.8 - - 60 - - - - 8 0 - RECEIVE";
    expect(read(broadcast, ping)).toMatchObject([
      { group: true },
      { protocol: "icmp", source: { address: "10.0.0.7" }, destination: { address: "10.0.0.8" } },
    ]);
  });

  test.each([
    "2026-11-17 14:05:09 INFO-EVENTS-LOST - - - - - - - - - - - - 23 -",
    "2026-11-17 14:05:09 drop TCP 198.51.100.7 192.0.2.1 50003 4444",
    "2026-11-17 14:05:09 DROP TCP 198.51.100.7",
    "2026-11-17 started the web server",
    "#comment",
    "",
  ])("%j is none", (text) => {
    expect(read(text)[0]).toBeUndefined();
  });

  test("may be any text at all", () => {
    const log = new WindowsFirewallLog();
    const word = fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom("#Fields:", "DROP", "TCP", "1.2.3.4", "-"),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        log.read(`2026-11-17 14:05:09 ${words.join(" ")}`);
        log.read(`#Fields: ${words.join(" ")}`);
      }),
      { numRuns: 500 },
    );
  });
});
