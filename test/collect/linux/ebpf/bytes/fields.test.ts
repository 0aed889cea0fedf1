import { expect, test } from "vitest";
import { addressBook, fieldsOf, u64 } from "../../../../../src/collect/linux/ebpf/assemble/fields.ts";
import { writeAddress } from "./record.ts";

const AF_INET = 2;
const AF_INET6 = 10;

function text(address: string, family: number, interfaceIndex = 0): string {
  const bytes = new Uint8Array(24);
  writeAddress(bytes, 8, address);
  const link = { index: interfaceIndex, networkNamespace: 1, pid: 100 };
  return addressBook(({ index }) => (index === 2 ? "eth0" : undefined)).text(fieldsOf(bytes), 8, family, link);
}

test("counts of 64 bits are read with both halves", () => {
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64LE(2n ** 53n - 1n, 8);
  expect(u64(fieldsOf(bytes), 8)).toBe(Number.MAX_SAFE_INTEGER);
  bytes.writeBigUInt64LE(0xffffffffn, 8);
  expect(u64(fieldsOf(bytes), 8)).toBe(0xffffffff);
});

test.each([
  ["192.0.2.1", AF_INET, 0, "192.0.2.1"],
  ["0.0.0.0", AF_INET, 2, "0.0.0.0"],
  ["2001:db8::1", AF_INET6, 2, "2001:db8::1"],
  ["::", AF_INET6, 0, "::"],
  ["::ffff:192.0.2.1", AF_INET6, 0, "::ffff:192.0.2.1"],
  ["fe80::1", AF_INET6, 2, "fe80::1%eth0"],
  ["febf::1", AF_INET6, 2, "febf::1%eth0"],
  ["fec0::1", AF_INET6, 2, "fec0::1"],
  ["fe80::1", AF_INET6, 0, "fe80::1"],
  ["fe80::1", AF_INET6, 9, "fe80::1"],
])("%s of family %d on interface %d is %s", (address, family, index, expected) => {
  expect(text(address, family, index)).toBe(expected);
});

test("many addresses keep their texts apart", () => {
  const book = addressBook(() => undefined);
  const bytes = new Uint8Array(4);
  const fields = fieldsOf(bytes);
  for (const round of [0, 1]) {
    for (let i = 0; i < 10_007; i++) {
      bytes.set([10, round, i >> 8, i & 255]);
      expect(book.text(fields, 0, AF_INET)).toBe(`10.${round}.${i >> 8}.${i & 255}`);
    }
  }
});

test("fields of a view count from the view's start", () => {
  const bytes = Buffer.alloc(64);
  bytes.writeBigUInt64LE(23n, 40);
  expect(u64(fieldsOf(bytes.subarray(32)), 8)).toBe(23);
});
