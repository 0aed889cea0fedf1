import { describe, expect, test } from "vitest";
import { parseAnswer } from "../../../../../src/collect/linux/ebpf/assemble/dns.ts";
import { answer, type DnsRecord, nameBytes, TYPE } from "../../../../live/programs/dns-message.ts";

const four = (name: string, ...data: number[]): DnsRecord => ({ name, type: TYPE.A, data: Buffer.from(data) });
const asked = (name: string, records: DnsRecord[], type: number = TYPE.A) => answer({ id: 7, name, type }, records);
const SIX = Buffer.from("20010db8000000000000000000000001", "hex");

/** A message with one question and one A record, both names given as raw bytes. */
function raw(question: Uint8Array, owner: Uint8Array): Buffer {
  const header = Buffer.from([0, 7, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
  return Buffer.concat([header, question, Buffer.from([0, 1, 0, 1]), owner, RECORD]);
}
const RECORD = Buffer.from([0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1]);
const TO_QUESTION = Buffer.from([0xc0, 12]);

describe("an answer gives the name that was asked for, and its addresses", () => {
  test("of IPv4", () => {
    const message = asked("example.test", [four("example.test", 192, 0, 2, 1), four("example.test", 192, 0, 2, 2)]);
    expect(parseAnswer(message)).toEqual({ name: "example.test", addresses: ["192.0.2.1", "192.0.2.2"] });
  });

  test("of IPv6", () => {
    const message = asked("six.test", [{ name: "six.test", type: TYPE.AAAA, data: SIX }], TYPE.AAAA);
    expect(parseAnswer(message)).toEqual({ name: "six.test", addresses: ["2001:db8::1"] });
  });

  test("through a chain of CNAME, under the name of the question", () => {
    const message = asked("www.shop.test", [
      { name: "www.shop.test", type: TYPE.CNAME, data: nameBytes("edge.cdn.test") },
      { name: "edge.cdn.test", type: TYPE.CNAME, data: nameBytes("host7.cdn.test") },
      four("host7.cdn.test", 198, 51, 100, 7),
    ]);
    expect(parseAnswer(message)).toEqual({ name: "www.shop.test", addresses: ["198.51.100.7"] });
  });

  test("in lower case, since names are the same in both", () => {
    expect(parseAnswer(asked("WwW.Shop.TEST", [four("www.shop.test", 192, 0, 2, 1)]))?.name).toBe("www.shop.test");
  });

  test("where the record points back at the question", () => {
    expect(parseAnswer(raw(nameBytes("short.test"), TO_QUESTION))).toEqual({
      name: "short.test",
      addresses: ["192.0.2.1"],
    });
  });

  test("and only records of the Internet class with an address of the right length count", () => {
    const message = asked("odd.test", [four("odd.test", 1, 2, 3), four("odd.test", 192, 0, 2, 9)]);
    expect(parseAnswer(message)?.addresses).toEqual(["192.0.2.9"]);
    const chaos = Buffer.from(raw(nameBytes("odd.test"), TO_QUESTION));
    chaos.writeUInt16BE(3, chaos.length - RECORD.length + 2);
    expect(parseAnswer(chaos)).toBeUndefined();
  });
});

describe("what says nothing about addresses is left alone:", () => {
  const plain = asked("example.test", [four("example.test", 192, 0, 2, 1)]);
  const changed = (at: number, value: number) => {
    const message = Buffer.from(plain);
    message[at] = value;
    return message;
  };

  test.each([
    ["nothing at all", new Uint8Array()],
    ["less than a header", plain.subarray(0, 11)],
    ["a header alone", plain.subarray(0, 12)],
    ["a query", changed(2, 0x01)],
    ["no question", changed(5, 0)],
    ["two questions", changed(5, 2)],
    ["an answer without records", asked("none.test", [])],
    ["an answer about the root", raw(Buffer.from([0]), Buffer.from([0]))],
    ["a label of a reserved type", raw(Buffer.from([0x41, 0x41, 0]), TO_QUESTION)],
    ["a label longer than the message", raw(Buffer.from([63, 0x41]), Buffer.alloc(0))],
    ["a name that points at itself", raw(TO_QUESTION, TO_QUESTION)],
    ["a name that goes round by way of a label", raw(Buffer.from([1, 0x41, 0xc0, 12]), TO_QUESTION)],
    ["a name that points behind the end", raw(Buffer.from([0xff, 0xff]), TO_QUESTION)],
    ["a pointer of which half is there", Buffer.concat([plain.subarray(0, 12), Buffer.from([0xc0])])],
  ])("%s", (_, message) => {
    expect(parseAnswer(message)).toBeUndefined();
  });
});

describe("a message that was cut off", () => {
  const whole = asked("cut.test", [four("cut.test", 192, 0, 2, 1), four("cut.test", 192, 0, 2, 2)]);

  test("gives the records that are whole", () => {
    expect(parseAnswer(whole.subarray(0, whole.length - 1))?.addresses).toEqual(["192.0.2.1"]);
  });

  test("never gives more than the whole one, wherever it was cut", () => {
    for (let length = 0; length < whole.length; length++) {
      const cut = parseAnswer(whole.subarray(0, length));
      expect(["192.0.2.1", "192.0.2.2"].slice(0, cut?.addresses.length ?? 0)).toEqual(cut?.addresses ?? []);
    }
  });

  test("that claims more data than there is gives what lies before", () => {
    const lying = Buffer.from(whole);
    lying.writeUInt16BE(0xffff, whole.length - 6);
    expect(parseAnswer(lying)?.addresses).toEqual(["192.0.2.1"]);
  });
});

describe("hostile names", () => {
  const nameOf = (label: Uint8Array) =>
    parseAnswer(raw(Buffer.concat([Buffer.from([label.length]), label, Buffer.from([0])]), TO_QUESTION))?.name;

  test("bytes that are not printable ASCII are written as zone files do", () => {
    expect(nameOf(Buffer.from([0x1b, 0x5b, 0x41]))).toBe("\\027[a");
    expect(nameOf(Buffer.from("ü"))).toBe("\\195\\188");
    expect(nameOf(Buffer.from([0, 0x20, 0x7f]))).toBe("\\000\\032\\127");
  });

  test("a dot or backslash within a label cannot be taken for one of the name's own", () => {
    expect(nameOf(Buffer.from("a.b"))).toBe("a\\046b");
    expect(nameOf(Buffer.from("a\\046b"))).toBe("a\\092046b");
  });

  test("of more than 255 bytes are none", () => {
    const label = Buffer.concat([Buffer.from([63]), Buffer.alloc(63, 0x61)]);
    const longest = Buffer.concat([label, label, label, Buffer.from([61]), Buffer.alloc(61, 0x62), Buffer.from([0])]);
    expect(longest).toHaveLength(255);
    expect(parseAnswer(raw(longest, TO_QUESTION))?.name).toHaveLength(253);
    const longer = Buffer.concat([label, label, label, Buffer.from([62]), Buffer.alloc(62, 0x62), Buffer.from([0])]);
    expect(parseAnswer(raw(longer, TO_QUESTION))).toBeUndefined();
  });

  test("that grow by reading the same bytes again and again are none", () => {
    // Behind the record lie 30 labels of 60 bytes each, begun two bytes apart, and behind each a pointer to the next.
    const head = raw(Buffer.from([0xc0, 33]), Buffer.from([0]));
    expect(head).toHaveLength(33);
    const bytes = Buffer.alloc(123, 60);
    for (let i = 0; i < 30; i++) bytes.set([0xc0, 33 + (i < 29 ? 2 * (i + 1) : 122)], 61 + 2 * i);
    bytes[122] = 0;
    expect(parseAnswer(Buffer.concat([head, bytes]))).toBeUndefined();
    head[13] = 33 + 2 * 27; // the last three of them make a name
    expect(parseAnswer(Buffer.concat([head, bytes]))?.name.length).toBeGreaterThan(180);
  });
});
