import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TextLines } from "../../../src/formats/text/text-lines.ts";

/** The lines of `bytes` that arrive in pieces of these sizes, the last again and again. */
function linesOf(bytes: Uint8Array, sizes: readonly number[] = [bytes.length], longest = 1000) {
  const lines = new TextLines(longest);
  const found = [];
  for (let at = 0, piece = 0; at < bytes.length; piece++) {
    const size = sizes[Math.min(piece, sizes.length - 1)] ?? 1;
    const part = Uint8Array.from(bytes.subarray(at, at + size));
    found.push(...lines.push(part));
    part.fill(0); // whoever gave it may use it again
    at += size;
  }
  return [...found, ...lines.end()];
}

const whole = (...texts: string[]) => texts.map((text) => ({ text, cut: false }));
const utf16 = (text: string, swap: boolean) => {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return swap ? bytes.swap16() : bytes;
};

describe("lines", () => {
  test("end with a line feed, perhaps behind a return, or with the text", () => {
    expect(linesOf(Buffer.from("a\nb\r\n\nc"))).toEqual(whole("a", "b", "", "c"));
    expect(linesOf(Buffer.from("a\n"))).toEqual(whole("a"));
    expect(linesOf(Buffer.from("ab"))).toEqual(whole("ab"));
    expect(linesOf(Buffer.from(""))).toEqual([]);
  });

  test("are UTF-8, with or without a mark, else bytes that survive", () => {
    expect(linesOf(Buffer.from("\ufeffä\nö"))).toEqual(whole("ä", "ö"));
    // Shift JIS has letters whose second byte is a backslash; each byte stays one character.
    const [line] = linesOf(Uint8Array.of(0x83, 0x5c, 0x2c, 0xe9, 0x81, 0x0a));
    expect(line).toEqual({ text: "ƒ\\,é\u0081", cut: false });
  });

  test.each([false, true])("are UTF-16 behind its mark (swapped: %s)", (swap) => {
    expect(linesOf(utf16("a\r\nÜ\u0a0a\n漢", swap), [3, 1])).toEqual(whole("a", "Ü\u0a0a", "漢"));
  });

  test("are cut where they are too long, and the next ones are whole", () => {
    const text = `${"x".repeat(5000)}\nshort\n${"y".repeat(1001)}`;
    for (const bytes of [Buffer.from(text), utf16(text, false)]) {
      expect(linesOf(bytes, [7, 23, 4096])).toEqual([
        { text: "x".repeat(1000), cut: true },
        { text: "short", cut: false },
        { text: "y".repeat(1000), cut: true },
      ]);
    }
  });

  test("are the same however the text arrives", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "\n", "\r", "é", "漢", "\u{1f6a2}"), maxLength: 60 });
    const encodings = [(each: string) => Buffer.from(each), (each: string) => utf16(each, true)];
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(...encodings),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (...on) => {
          const [each, encode, sizes] = on;
          expect(linesOf(encode(each), sizes)).toEqual(linesOf(encode(each)));
        },
      ),
      { numRuns: 300 },
    );
  });
});
