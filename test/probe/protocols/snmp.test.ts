import { describe, expect, test } from "vitest";
import { snmp } from "../../../src/probe/protocols/snmp.ts";
import { exchangeOf } from "./converse.ts";
import { hostileDatagrams } from "./hostile.ts";
import { recorded } from "./recorded.ts";

const exchange = exchangeOf(snmp, { community: "harbour watch" });

function read(file: string) {
  return exchange.read(recorded(file)[0] ?? new Uint8Array());
}

test("it asks in three versions, the community in two of them", () => {
  const requests = [exchange.request, ...(exchange.further ?? [])].map((request) => Buffer.from(request));
  const versions = requests.map((request) => request[request.indexOf(Buffer.from([2, 1])) + 2]);
  expect(versions).toEqual([1, 0, 3]);
  expect(requests.map((request) => request.includes("harbour watch"))).toEqual([true, true, false]);
});

describe("snmpd", () => {
  const system = {
    ...{ sysDescr: "Harbour light", sysObjectID: "1.3.6.1.4.1.8072.3.2.10", sysContact: "keeper@harbour.test" },
    ...{ sysName: "light.harbour.test", sysLocation: "Pier 7", sysUpTimeSeconds: expect.any(Number) },
  };

  test("describes the system in version 2c", () => {
    expect(read("snmp-udp-snmpd")).toEqual({ protocol: "snmp", fields: { version: "2c", ...system } });
  });

  test("describes it in version 1", () => {
    expect(read("snmp-udp-snmpd-v1")).toEqual({ protocol: "snmp", fields: { version: "1", ...system } });
  });

  test("tells a stranger its engine", () => {
    expect(read("snmp-udp-snmpd-stranger")?.fields).toEqual({
      ...{ version: "3", engineId: "80001f8804686172626f7572", enterprise: 8072 },
      ...{ engineBoots: expect.any(Number), engineSeconds: expect.any(Number) },
    });
  });
});

/** A response of version 1 to our question, of one value: `binding` in hexadecimal, after the object's identifier. */
function response(status: string, binding: string): Buffer {
  const values = nested("30", nested("30", `06082b06010201010100${binding}`));
  const body = `0204008101820201${status}020100${values}`;
  return Buffer.from(nested("30", `020100${"0406"}7075626c6963${nested("a2", body)}`), "hex");
}

function nested(tag: string, content: string): string {
  return `${tag}${(content.length / 2).toString(16).padStart(2, "0")}${content}`;
}

test("an error is an answer", () => {
  expect(exchange.read(response("02", "0500"))?.fields).toEqual({ version: "1", error: "noSuchName" });
});

test("a description of several lines is one line, and what is hidden is shown", () => {
  const text = Buffer.from("Pier\r\n7\x1b").toString("hex");
  expect(exchange.read(response("00", nested("04", text)))?.fields).toEqual({ version: "1", sysDescr: "Pier 7\\x1b" });
});

test("lengths that the library takes for negative ones are none", () => {
  expect(exchange.read(Buffer.from("3084ffffffff020101", "hex"))).toBeUndefined();
  expect(exchange.read(response("00", "0484ffffff00"))).toBeUndefined();
  expect(exchange.read(Buffer.from("3080", "hex"))).toBeUndefined();
});

test("another question's reply is none", () => {
  expect(exchangeOf(snmp, { nonce: new Uint8Array(16) }).read(recorded("snmp-udp-snmpd")[0] ?? Buffer.of())).toBe(
    undefined,
  );
});

hostileDatagrams(snmp, ["snmp-udp-snmpd", "snmp-udp-snmpd-v1", "snmp-udp-snmpd-stranger"]);
