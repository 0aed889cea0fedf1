import { describe, expect, test } from "vitest";
import { ntp } from "../../../src/probe/protocols/ntp.ts";
import { exchangeOf } from "./converse.ts";
import { hostileDatagrams } from "./hostile.ts";
import { recorded } from "./recorded.ts";

/** A reply of chrony with some bytes changed. */
function changed(changes: { [at: number]: number[] }): Buffer {
  const reply = Buffer.from(recorded("ntp-udp-chronyd")[0] ?? []);
  for (const [at, bytes] of Object.entries(changes)) reply.set(bytes, Number(at));
  return reply;
}

function read(datagram: Uint8Array) {
  return exchangeOf(ntp).read(datagram)?.fields;
}

test("a client of version 4 asks, with a number in place of its time", () => {
  const { request } = exchangeOf(ntp);
  expect(Buffer.from(request).toString("hex")).toBe(`23${"00".repeat(39)}0102030405060708`);
});

describe("chrony", () => {
  test("tells how good its time is", () => {
    expect(read(changed({}))).toMatchObject({
      ...{ version: 4, leap: "none", stratum: 7, reference: "127.127.1.1", rootDelayMilliseconds: 0 },
      ...{ precisionSeconds: expect.closeTo(2 ** -26, 10), time: expect.stringMatching(/^2026-.*Z$/) },
    });
  });

  test("is not believed where it answers somebody else, or is another client", () => {
    expect(read(changed({ 24: [9] }))).toBeUndefined();
    expect(read(changed({ 0: [0x23] }))).toBeUndefined();
  });
});

test("a reference is a clock at stratum 1, and a reason at stratum 0", () => {
  const clock = [...Buffer.from("GPS\0")];
  expect(read(changed({ 1: [1], 12: clock }))).toMatchObject({ stratum: 1, reference: "GPS" });
  expect(read(changed({ 0: [0xe4, 0], 12: [...Buffer.from("RATE")] }))).toMatchObject({
    ...{ leap: "not synchronized", stratum: 0, kiss: "RATE" },
  });
});

test("delays have fractions, and times may be missing or after 2036", () => {
  const fields = read(changed({ 4: [0, 1, 0x80, 0], 16: new Array(8).fill(0), 40: [0, 0, 0, 1, 0x80, 0, 0, 0] }));
  expect(fields).toMatchObject({ rootDelayMilliseconds: 1500, time: "2036-02-07T06:28:17.500Z" });
  expect(fields).not.toHaveProperty("referenceTime");
});

hostileDatagrams(ntp, ["ntp-udp-chronyd"]);
