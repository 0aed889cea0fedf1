import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readNetfilter } from "../../../src/formats/firewall-log/netfilter.ts";

const PACKET =
  "SRC=198.51.100.7 DST=192.0.2.1 LEN=60 TOS=0x00 PREC=0x00 TTL=53 ID=5223 DF PROTO=TCP SPT=50003 DPT=4444";
const SYN = `${PACKET} WINDOW=65495 RES=0x00 SYN URGP=0`;
const IN = `IN=eth0 OUT= MAC=52:54:00:12:34:56:52:54:00:65:43:21:08:00 ${SYN}`;

describe("a line of the kernel", () => {
  test("names both ends, the way, and that it asks for a connection", () => {
    expect(readNetfilter(`Nov 17 14:05:09 harbour kernel: [12345.678901] [UFW BLOCK] ${IN} `)).toEqual({
      time: expect.objectContaining({ month: 11, day: 17, hour: 14, minute: 5, second: 9, precision: 1e6 }),
      label: "UFW BLOCK",
      protocol: "tcp",
      source: { address: "198.51.100.7", port: 50003 },
      destination: { address: "192.0.2.1", port: 4444 },
      way: "in",
      handshake: "asks",
    });
  });

  test.each([
    ["Nov 17 14:05:09 harbour kernel: [UFW BLOCK] ", "UFW BLOCK"],
    ["Nov  7 14:05:09 harbour kernel: FINAL_REJECT: ", "FINAL_REJECT"],
    ["2026-11-17T14:05:09.123456+01:00 harbour kernel: [    3.123456] dropped ", "dropped"],
    ["2026-11-17T14:05:09,123456+01:00 PORTOLAN-X ", "PORTOLAN-X"],
    ["Tue 2026-11-17 14:05:09 UTC harbour kernel: x: ", "x"],
    ["<4>1 2026-11-17T14:05:09.123Z harbour kernel - - - dropped ", "dropped"],
    ["[ 8596.188586] PORTOLAN-X ", "PORTOLAN-X"],
    ["kern  :warn  : [ 8596.188586] PORTOLAN-X ", "PORTOLAN-X"],
    ["[Tue Nov 17 14:05:09 2026] PORTOLAN-X ", "PORTOLAN-X"],
    ["Nov 17 14:05:09 harbour  ", undefined],
    ["Nov 17 14:05:09 harbour kernel: DROP", "DROP"],
    ["DROP: ", "DROP"],
    ["", undefined],
  ])("%j has the label %j", (front, label) => {
    const packet = readNetfilter(front + IN);
    expect(packet?.label).toBe(label);
    expect(packet?.source.port).toBe(50003);
    expect(packet?.way).toBe("in");
  });

  test.each([
    ["IN=eth0 OUT=", "in"],
    ["IN= OUT=eth0", "out"],
    ["IN=eth0 OUT=docker0", "through"],
    ["IN=eth0 OUT=br0 PHYSIN=eth1 PHYSOUT=veth2", "through"],
  ])("%s went %s", (interfaces, way) => {
    expect(readNetfilter(`${interfaces} ${PACKET}`)?.way).toBe(way);
  });

  test("is read where it was typed, in any order and with numbers", () => {
    expect(readNetfilter("PROTO=6 SPT=50003 DPT=4444 SRC=198.51.100.7 DST=192.0.2.1")).toEqual({
      protocol: "tcp",
      source: { address: "198.51.100.7", port: 50003 },
      destination: { address: "192.0.2.1", port: 4444 },
      way: "unknown",
    });
  });

  test("writes IPv6 in full", () => {
    const [source, destination] = [
      "2001:0db8:0000:0000:0000:0000:0000:0001",
      "ff02:0000:0000:0000:0000:0000:0000:00fb",
    ];
    const packet = readNetfilter(
      `IN= OUT=lo SRC=${source} DST=${destination} LEN=49 PROTO=UDP SPT=5353 DPT=5353 LEN=9`,
    );
    expect(packet).toEqual({
      protocol: "udp",
      source: { address: "2001:db8::1", port: 5353 },
      destination: { address: "ff02::fb", port: 5353 },
      way: "out",
      group: true,
    });
  });

  test("tells an answer from a question", () => {
    expect(readNetfilter(`${PACKET} WINDOW=1 RES=0x00 ACK SYN URGP=0`)?.handshake).toBe("answers");
    expect(readNetfilter(`${PACKET} WINDOW=1 RES=0x00 ACK PSH URGP=0`)?.handshake).toBeUndefined();
  });

  test("knows a broadcast by its frame", () => {
    const mac = "MAC=ff:ff:ff:ff:ff:ff:52:54:00:65:43:21:08:00";
    const packet = readNetfilter(`IN=eth0 OUT= ${mac} SRC=10.0.0.7 DST=10.0.3.255 PROTO=UDP SPT=138 DPT=138 LEN=209`);
    expect(packet?.group).toBe(true);
  });

  test("is about the packet that an ICMP error quotes", () => {
    const quoted = "[SRC=192.0.2.1 DST=203.0.113.5 LEN=29 PROTO=UDP SPT=40000 DPT=53 LEN=9 ]";
    const packet = readNetfilter(
      `IN=eth0 OUT= SRC=203.0.113.5 DST=192.0.2.1 LEN=57 PROTO=ICMP TYPE=3 CODE=3 ${quoted} MARK=0x1`,
    );
    expect(packet).toMatchObject({
      protocol: "udp",
      source: { address: "192.0.2.1", port: 40000 },
      destination: { address: "203.0.113.5", port: 53 },
    });
    expect(readNetfilter("IN=eth0 OUT= SRC=203.0.113.5 DST=192.0.2.1 PROTO=ICMP TYPE=8 CODE=0 ID=1 SEQ=1")).toEqual({
      protocol: "icmp",
      source: { address: "203.0.113.5" },
      destination: { address: "192.0.2.1" },
      way: "in",
    });
  });

  test.each([
    "",
    "Nov 17 14:05:09 harbour kernel: usb 1-1: new high-speed USB device number 2",
    "IN=eth0 OUT= ARP HTYPE=1 PTYPE=0x0800 OPCODE=1",
    "SRC=198.51.100.7 DST=192.0.2.1",
    "SRC=198.51.100.300 DST=192.0.2.1 PROTO=TCP SPT=1 DPT=2",
    "RESOURCE=198.51.100.7 DST PROTO",
  ])("%j is none", (text) => {
    expect(readNetfilter(text)).toBeUndefined();
  });

  test("of impossible ports has none", () => {
    const packet = readNetfilter("SRC=198.51.100.7 DST=192.0.2.1 PROTO=TCP SPT=65536 DPT=-1");
    expect(packet).toMatchObject({ source: { address: "198.51.100.7" }, destination: { address: "192.0.2.1" } });
    expect(packet?.source.port ?? packet?.destination.port).toBeUndefined();
  });

  test("may be any text at all", () => {
    const word = fc.oneof(
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.constantFrom(
        "IN=",
        "OUT=",
        "SRC=",
        "DST=1.2.3.4",
        "SRC=::1",
        "PROTO=TCP",
        "[SRC=1.1.1.1",
        "]",
        "SPT=9",
        "Nov 17",
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const packet = readNetfilter(words.join(" "));
        if (packet === undefined) return;
        expect(packet.source.address).toMatch(/^[0-9a-f.:]+$/);
        expect(packet.label?.length ?? 0).toBeLessThanOrEqual(64);
      }),
      { numRuns: 500 },
    );
  });
});
