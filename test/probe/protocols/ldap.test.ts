import { describe, expect, test } from "vitest";
import { ldap } from "../../../src/probe/protocols/ldap.ts";
import { conversationOf, converse, exchangeOf } from "./converse.ts";
import { hostileDatagrams, hostileServers } from "./hostile.ts";
import { recorded } from "./recorded.ts";

const ID = 0x01020304 >>> 2;

function element(tag: number, ...parts: (Uint8Array | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

function message(id: number, operation: Buffer): Buffer {
  const number = Buffer.alloc(4);
  number.writeUInt32BE(id);
  return element(0x30, element(0x02, number), operation);
}

const result = (code: number, text: string) => [element(0x0a, Buffer.of(code)), element(0x04), element(0x04, text)];
const done = (code: number, text = "") => message(ID, element(0x65, ...result(code, text)));

function entry(attributes: [string, Uint8Array | string][]): Buffer {
  const list = attributes.map(([name, value]) => element(0x30, element(4, name), element(0x31, element(4, value))));
  return message(ID, element(0x64, element(4), element(0x30, ...list)));
}

test("it reads the root, with the attributes of user and server", () => {
  const request = Buffer.from(conversationOf(ldap).first ?? []);
  expect(request.subarray(2, 8).toString("hex")).toBe("02034080c163");
  expect(request.toString("latin1")).toContain("objectClass0\x06\x04\x01*\x04\x01+");
});

describe("the root of", () => {
  test("OpenLDAP's slapd has all values of all attributes", () => {
    const { answer, goodbye } = converse(ldap, recorded("ldap-tcp-slapd"));
    expect(answer).toMatchObject({
      protocol: "ldap",
      fields: { result: "success", attributes: { namingContexts: ["dc=harbour,dc=test", "dc=pier,dc=test"] } },
    });
    expect(goodbye?.at(-2)).toBe(0x42);
  });

  test("a domain controller is the same over UDP", () => {
    const { answer } = converse(ldap, recorded("ldap-tcp-samba"));
    const over = exchangeOf(ldap).read(recorded("ldap-udp-samba")[0] ?? Buffer.of());
    const [tcp, udp] = [answer, over].map((each) => each?.fields.attributes as { [name: string]: string[] });
    expect(udp).toMatchObject({ dnsHostName: ["quay.harbour.test"], defaultNamingContext: ["DC=harbour,DC=test"] });
    expect(Object.keys(udp ?? {}).filter((name) => !(name in (tcp ?? {})))).toEqual([]);
    expect(tcp?.supportedControl?.length).toBeGreaterThan(7);
  });
});

test("a refusal is an answer", () => {
  expect(converse(ldap, [done(53, "no anonymous \x1b[7muse")]).answer?.fields).toEqual({
    result: "unwillingToPerform",
    message: "no anonymous \\x1b[7muse",
  });
});

test("a server that ends the session by itself speaks LDAP", () => {
  const notice = message(0, element(0x78, ...result(52, "going home")));
  expect(converse(ldap, [notice]).answer?.fields).toEqual({ result: "unavailable", message: "going home" });
});

test("bytes that are no text are shown as such, and no name of an attribute does harm", () => {
  const reply = [
    entry([
      ["objectGUID", Buffer.of(0, 255)],
      ["__proto__", "pier"],
    ]),
    done(0),
  ];
  const { answer } = converse(ldap, [Buffer.concat(reply)]);
  const attributes = answer?.fields.attributes as { [name: string]: string[] };
  expect(Object.entries(attributes)).toEqual([
    ["objectGUID", ["0x00ff"]],
    ["__proto__", ["pier"]],
  ]);
});

test("an entry without its end is an answer when the server closes", () => {
  expect(converse(ldap, [entry([["dnsHostName", "pier"]])]).answer?.fields).toEqual({
    attributes: { dnsHostName: ["pier"] },
  });
});

test("others, and other questions' replies, are foreign", () => {
  expect(converse(ldap, ["220 harbour\r\n"]).foreign).toBe(true);
  expect(converse(ldap, [message(ID + 7, element(0x65, ...result(0, "")))]).foreign).toBe(true);
  expect(converse(ldap, [Buffer.from("3084ffffffff", "hex")]).foreign).toBe(true);
});

hostileDatagrams(ldap, ["ldap-udp-samba"]);
hostileServers(ldap, ["ldap-tcp-slapd", "ldap-tcp-samba"]);
