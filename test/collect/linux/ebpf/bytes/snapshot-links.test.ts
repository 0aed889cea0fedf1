import { expect, test } from "vitest";
import { parseLinkNames } from "../../../../../src/collect/linux/ebpf/snapshot-links.ts";

test("names by index, which is hexadecimal", () => {
  const text =
    "00000000000000000000000000000001 01 80 10 80       lo\n" +
    "fe800000000000000000000000000017 1f 40 20 82     wire\n" +
    "garbled\n";
  expect([...parseLinkNames(text)]).toEqual([
    [1, "lo"],
    [31, "wire"],
  ]);
});
