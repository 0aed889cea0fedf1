import { describe, expect, test } from "vitest";
import { packetSides } from "../../../src/analyze/answers/packet-sides.ts";
import type { LoggedPacket } from "../../../src/model/logged-packet.ts";

const OWN = new Set(["192.0.2.1", "172.17.0.2"]);

function packet(source: string, destination: string, more: Partial<LoggedPacket> = {}): LoggedPacket {
  return {
    protocol: "tcp",
    source: { address: source, port: 50003 },
    destination: { address: destination, port: 4444 },
    way: "in",
    ...more,
  };
}

const ends = (about: LoggedPacket, own: ReadonlySet<string> = OWN) =>
  packetSides(about, own).map(({ end, uses }) => `${end} ${uses}`);

describe("the ends of a packet that are this machine's", () => {
  test.each([
    ["198.51.100.7", "192.0.2.1", ["destination inbound"]],
    ["192.0.2.1", "198.51.100.7", ["source outbound"]],
    ["127.0.0.1", "127.0.0.1", ["source outbound", "destination inbound"]],
    ["192.0.2.1", "172.17.0.2", ["source outbound", "destination inbound"]],
    ["198.51.100.7", "203.0.113.5", []],
  ])("from %s to %s", (source, destination, expected) => {
    expect(ends(packet(source, destination, { handshake: "asks" }))).toEqual(expected);
  });

  test("turn round in the answer to a handshake, and are open afterwards", () => {
    expect(ends(packet("192.0.2.1", "198.51.100.7", { handshake: "answers" }))).toEqual(["source inbound"]);
    expect(ends(packet("198.51.100.7", "192.0.2.1"))).toEqual(["destination inbound,outbound"]);
  });

  test("include whoever takes what is sent to several", () => {
    expect(ends(packet("198.51.100.7", "224.0.0.251", { protocol: "udp" }))).toEqual(["destination inbound,outbound"]);
    expect(ends(packet("192.0.2.1", "224.0.0.251", { protocol: "udp", way: "out" }))).toEqual([
      "source inbound,outbound",
    ]);
    expect(ends(packet("10.0.0.7", "10.0.3.255", { protocol: "udp", group: true }))).toHaveLength(1);
  });

  test("are told by the way it went, where no address is known", () => {
    const none = new Set<string>();
    const [source, destination] = ["198.51.100.7", "203.0.113.5"];
    expect(ends(packet(source, destination, { way: "in" }), none)).toEqual(["destination inbound,outbound"]);
    expect(ends(packet(source, destination, { way: "out" }), none)).toEqual(["source inbound,outbound"]);
    expect(ends(packet(source, destination, { way: "unknown" }), none)).toHaveLength(2);
  });

  test("are none without ports", () => {
    expect(ends(packet("198.51.100.7", "192.0.2.1", { protocol: "icmp" }))).toEqual([]);
    expect(ends({ ...packet("198.51.100.7", "192.0.2.1"), source: { address: "198.51.100.7" } })).toEqual([]);
  });
});
