import { describe, expect, test } from "vitest";
import { visible } from "../../src/cli/visible.ts";
import { displayWidth, fitted, padded } from "../../src/cli/width.ts";

describe("display width", () => {
  test.each([
    ["", 0],
    ["nginx", 5],
    ["café", 4],
    ["cafe\u0301", 4],
    ["港湾", 4],
    ["ｆｕｌｌ", 8],
    ["한글", 4],
    ["⚓", 2],
    ["🚢 x", 4],
    ["…", 1],
    ["עברית", 5],
  ])("%s", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  test("a cut text ends with an ellipsis and never exceeds", () => {
    expect(fitted("nginx", 5)).toBe("nginx");
    expect(fitted("nginx-debug", 5)).toBe("ngin…");
    expect(fitted("港湾管理", 6)).toBe("港湾…");
    expect(fitted("港湾管理", 5)).toBe("港湾…");
    expect(fitted("港湾管理", 4)).toBe("港…");
    expect(displayWidth(fitted("港湾管理", 4))).toBeLessThanOrEqual(4);
  });

  test("padding counts columns, not characters", () => {
    expect(padded("港湾", 6)).toBe("港湾  ");
    expect(padded("abc", 2)).toBe("abc");
  });
});

describe("visible text", () => {
  test.each([
    ["plain", "plain"],
    ["grüße 港湾 ⚓", "grüße 港湾 ⚓"],
    ["\x1b]0;owned\x07", "\\x1b]0;owned\\x07"],
    ["a\r\nb\tc", "a\\x0d\\x0ab\\x09c"],
    ["\x7f\x9b", "\\x7f\\x9b"],
    ["\u202eevil\u2066", "\\u{202e}evil\\u{2066}"],
    ["\u2028\u2029\ufeff", "\\u{2028}\\u{2029}\\u{feff}"],
    ["\ud800", "\\u{d800}"],
    ["\u{e0041}", "\\u{e0041}"],
    ["\ufffd", "\ufffd"],
  ])("%j", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});
