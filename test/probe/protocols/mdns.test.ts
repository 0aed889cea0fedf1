import { decode, encode } from "dns-packet";
import { expect, test } from "vitest";
import { reverseName } from "../../../src/probe/protocols/dns/reverse-name.ts";
import { mdns } from "../../../src/probe/protocols/mdns.ts";
import { exchangeOf } from "./converse.ts";
import { hostileDatagrams } from "./hostile.ts";
import { recorded } from "./recorded.ts";

const ASKED = { address: "198.51.100.23" };
const ID = 0x0102;

test("the kinds of services and the name are asked for", () => {
  const { id, questions } = decode(Buffer.from(exchangeOf(mdns, ASKED).request));
  expect(id).toBe(ID);
  expect(questions?.map(({ name, type }) => `${name} ${type}`)).toEqual([
    "_services._dns-sd._udp.local PTR",
    "23.100.51.198.in-addr.arpa PTR",
  ]);
});

test("Avahi tells its name and its services", () => {
  const [reply = new Uint8Array()] = recorded("mdns-udp-avahi");
  const { fields } = exchangeOf(mdns, ASKED).read(reply) ?? {};
  expect(fields).toEqual({ host: "pier7.local", services: ["_http._tcp"], serviceCount: 1 });
});

test("an answer to somebody else, and a question, are none", () => {
  const { read } = exchangeOf(mdns, ASKED);
  expect(read(encode({ type: "response", id: ID + 1 }))).toBeUndefined();
  expect(read(encode({ type: "query", id: ID }))).toBeUndefined();
  expect(read(Uint8Array.of(1, 2, 0x84))).toBeUndefined();
  expect(read(encode({ type: "response", id: ID }))?.fields).toEqual({ services: [], serviceCount: 0 });
});

test("services are in order, and bounded", () => {
  const kinds = Array.from({ length: 131 }, (_, i) => `_s${String(i).padStart(3, "0")}._tcp.local`);
  const answers = kinds
    .toReversed()
    .map((data) => ({ type: "PTR" as const, name: "_services._dns-sd._udp.local", data }));
  const fields = exchangeOf(mdns, ASKED).read(encode({ type: "response", id: ID, answers }))?.fields;
  expect(fields).toMatchObject({ serviceCount: 131 });
  expect(fields?.services).toHaveLength(128);
  expect(fields).toHaveProperty("services.1", "_s001._tcp");
});

test("an address has a name of both families", () => {
  expect(reverseName("192.0.2.7")).toBe("7.2.0.192.in-addr.arpa");
  expect(reverseName("fe80::b%eth0")).toBe(`b${".0".repeat(28)}.8.e.f.ip6.arpa`);
});

hostileDatagrams(mdns, ["mdns-udp-avahi"]);
