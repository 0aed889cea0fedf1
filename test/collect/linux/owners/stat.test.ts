import { expect, test } from "vitest";
import { parseStat } from "../../../../src/collect/linux/owners/stat.ts";

const REST = "S 11 12 13 0 -1 4194560 5 6 7 8 9 10 11 12 20 0 1 0 123782 100 200 300 1 2 140730281074096 0";

test("the fields that are used", () => {
  expect(parseStat(`7064 (cat) ${REST}\n`)).toEqual({
    name: "cat",
    state: "S",
    parent: 11,
    processGroup: 12,
    session: 13,
    kernelThread: false,
    startTicks: 123_782,
    image: "140730281074096",
  });
});

test.each(["a) S 1 1 (b", "((", "))", "two\nlines", "", " ", "\x1b[31m"])("the name %j", (name) => {
  expect(parseStat(`1 (${name}) ${REST}\n`)).toMatchObject({ name, parent: 11, startTicks: 123_782 });
});

test("a kernel thread is told by its flag", () => {
  expect(parseStat("2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 0 0 0 20 0 1 0 1 0 0\n")?.kernelThread).toBe(true);
});

test.each(["", "7064", "7064 (cat", "7064 (cat) S 1", ") (", "7064 (cat) S x y z"])("no such line: %j", (text) => {
  expect(parseStat(text)).toBeUndefined();
});
