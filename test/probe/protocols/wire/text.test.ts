import { expect, test } from "vitest";
import { hex, printable, printableLines, textOrHex } from "../../../../src/probe/protocols/wire/text.ts";

test("ordinary text of any script comes back as it was", () => {
  expect(printable(Buffer.from("Häfen: 港 ⚓"))).toBe("Häfen: 港 ⚓");
});

test("what is no UTF-8 is read as Latin-1", () => {
  expect(printable(Buffer.from("Häfen", "latin1"))).toBe("Häfen");
});

test("what a terminal obeys or hides is written out", () => {
  expect(printable(Buffer.from("a\tb\x1b[2J\u202ec\u2028\ufeff"))).toBe("a\\x09b\\x1b[2J\\u{202e}c\\u{2028}\\u{feff}");
});

test("what is too long says so, and is not cut within a character", () => {
  expect(printable(Buffer.from("äää"), 3)).toBe("ä…");
  expect(hex(Buffer.of(1, 2, 3), 2)).toBe("0102…");
});

test("lines end however they like", () => {
  expect(printableLines(Buffer.from("one\r\ntwo\nthree\rfour\r\n\r\n"))).toBe("one\ntwo\nthree\\x0dfour");
});

test("bytes that are no text are shown as bytes", () => {
  expect(textOrHex(Buffer.from("pier"))).toBe("pier");
  expect(textOrHex(Buffer.from("pier\0"))).toBe("0x7069657200");
  expect(textOrHex(Buffer.of(0xff))).toBe("0xff");
});
