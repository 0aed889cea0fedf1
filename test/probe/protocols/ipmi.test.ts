import { expect, test } from "vitest";
import { ipmi } from "../../../src/probe/protocols/ipmi.ts";
import { exchangeOf } from "./converse.ts";
import { hostileDatagrams } from "./hostile.ts";
import { recorded } from "./recorded.ts";

function read(file: string, changes: { [at: number]: number } = {}) {
  const reply = Uint8Array.from(recorded(file)[0] ?? []);
  for (const [at, byte] of Object.entries(changes)) reply[Number(at)] = byte;
  return exchangeOf(ipmi).read(reply)?.fields;
}

test("two questions have the checksums that they need", () => {
  const { request, further = [] } = exchangeOf(ipmi);
  const sum = (bytes: Uint8Array) => bytes.reduce((total, byte) => (total + byte) & 255, 0);
  expect([sum(request.subarray(14, 17)), sum(request.subarray(17))]).toEqual([0, 0]);
  expect(further.map((each) => Buffer.from(each).toString("hex"))).toEqual(["0600ff06000011be80010000"]);
});

test("OpenIPMI's controller tells whom it lets in", () => {
  expect(read("ipmi-udp-openipmi")).toEqual({
    ...{ ipmi: true, channel: 1, versions: ["1.5", "2.0"], authentication: ["MD5", "password"] },
    ...{ users: ["without a name", "named"], manufacturer: 0 },
  });
  expect(read("ipmi-udp-openipmi", { 22: 0x14, 24: 0 })).toMatchObject({ versions: ["1.5"] });
  expect(read("ipmi-udp-openipmi", { 20: 0xc1 })).toEqual({ ipmi: true, completionCode: 0xc1 });
});

test("OpenIPMI's controller answers a ping", () => {
  expect(read("ipmi-udp-openipmi-ping")).toEqual({ ipmi: true, manufacturer: 4542 });
  expect(read("ipmi-udp-openipmi-ping", { 20: 1 })).toEqual({ ipmi: false, manufacturer: 4542 });
});

test("a question, and the answer to another one, are none", () => {
  expect(exchangeOf(ipmi).read(exchangeOf(ipmi).request)).toBeUndefined();
  expect(read("ipmi-udp-openipmi", { 19: 0x39 })).toBeUndefined();
  expect(read("ipmi-udp-openipmi-ping", { 8: 0x80 })).toBeUndefined();
});

hostileDatagrams(ipmi, ["ipmi-udp-openipmi", "ipmi-udp-openipmi-ping"]);
