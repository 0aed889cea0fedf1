import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeAddress, encodeAddress, setPort } from "../../../src/probe/socket/layout/address.ts";
import { eventLayout } from "../../../src/probe/socket/layout/epoll.ts";
import { decodeQueuedError } from "../../../src/probe/socket/layout/error-queue.ts";

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));

describe("addresses", () => {
  test("IPv4 is a sockaddr_in of 16 bytes", () => {
    const address = encodeAddress({ bytes: [192, 0, 2, 1] }, 8080);
    expect(Buffer.from(address).toString("hex")).toBe("02001f90c00002010000000000000000");
    expect(decodeAddress(address)).toEqual({ address: "192.0.2.1", port: 8080 });
  });

  test("IPv6 is a sockaddr_in6 of 28 bytes, with its interface", () => {
    const bytes = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    const address = encodeAddress({ bytes, scope: 7 }, 65_535);
    expect(Buffer.from(address).toString("hex")).toBe("0a00ffff00000000fe80000000000000000000000000000107000000");
    expect(decodeAddress(address)).toEqual({ address: "fe80::1", port: 65_535 });
  });

  test("the port can be changed", () => {
    const address = encodeAddress({ bytes: [127, 0, 0, 1] }, 1);
    setPort(address, 1009);
    expect(decodeAddress(address)?.port).toBe(1009);
  });

  test.each(["", "02", "0200005000", "010000500000", "0a001f90000000000000"])("%j is none", (text) => {
    expect(decodeAddress(hex(text))).toBeUndefined();
  });
});

// Control messages as the kernel wrote them (Linux 6.18, x86-64): IP_RECVERR with port unreachable from 10.77.0.2, and
// IPV6_RECVERR with administratively prohibited from fd77::2.
const FOUR =
  "3000000000000000 00000000 0b000000 6f000000 02030300 00000000 00000000 02000000 0a4d0002 0000000000000000";
const SIX =
  "3c00000000000000 29000000 19000000 0d000000 03010100 00000000 00000000 0a000000 00000000 " +
  "fd770000000000000000000000000002 00000000";

describe("the error queue", () => {
  test("tells ICMP's type and code, and who sent it", () => {
    expect(decodeQueuedError(hex(FOUR))).toEqual({
      errno: 111,
      origin: "icmp",
      type: 3,
      code: 3,
      offender: "10.77.0.2",
    });
    expect(decodeQueuedError(hex(SIX))).toEqual({ errno: 13, origin: "icmp6", type: 1, code: 1, offender: "fd77::2" });
  });

  test("an error of this machine has no offender", () => {
    const local = "2000000000000000 00000000 0b000000 5a000000 01000000 dc050000 00000000";
    expect(decodeQueuedError(hex(local))).toEqual({ errno: 90, origin: "local", type: 0, code: 0 });
  });

  test("other control messages are passed over", () => {
    const other = "1400000000000000 00000000 02000000 40000000 00000000";
    expect(decodeQueuedError(hex(other + FOUR))).toMatchObject({ origin: "icmp" });
    expect(decodeQueuedError(hex(other))).toBeUndefined();
  });

  test.each([
    ["empty", ""],
    ["cut in the header", FOUR.slice(0, 20)],
    ["cut in the error", FOUR.slice(0, 60)],
    ["a length of zero", `${"00".repeat(16)}${FOUR}`],
    ["a length beyond 32 bits", `3000000001000000${FOUR.slice(16)}`],
  ])("%s is no error", (_, text) => {
    expect(decodeQueuedError(hex(text))).toBeUndefined();
  });

  test("no bytes make a decoder throw or read forever", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .tuple(fc.constantFrom(hex(FOUR), hex(SIX)), fc.nat(60), fc.uint8Array({ maxLength: 8 }))
        .map(([sample, at, put]) => {
          const changed = Uint8Array.from(sample);
          changed.set(put.subarray(0, Math.max(0, changed.length - at)), Math.min(at, changed.length));
          return changed;
        }),
    );
    fc.assert(
      fc.property(bytes, (each) => {
        const error = decodeQueuedError(each);
        expect(error === undefined || (error.type < 256 && error.code < 256)).toBe(true);
        const address = decodeAddress(each);
        expect(address === undefined || (address.port >= 0 && address.port <= 65_535)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

test("an epoll_event is packed on x86-64 alone", () => {
  expect(eventLayout("x64")).toEqual({ size: 12, data: 4 });
  expect(eventLayout("arm64")).toEqual({ size: 16, data: 8 });
});
