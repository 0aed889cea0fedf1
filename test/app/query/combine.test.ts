import { describe, expect, test } from "vitest";
import { addressesOf, answering, combine, stillOpen } from "../../../src/app/query/combine.ts";
import type { Verdict } from "../../../src/model/verdict.ts";
import type { PortResult, Question } from "../../../src/probe/result.ts";

function result(port: number, verdict: Verdict, unsent?: true): PortResult {
  return { protocol: "tcp", port, verdict, reason: verdict, milliseconds: 1, tries: 1, ...(unsent && { unsent }) };
}

/** What two addresses say of one port, and what that makes. */
function together(one: PortResult, other: PortResult) {
  const passes = [
    { address: "::1", results: [{ ...one }] },
    { address: "127.0.0.1", results: [{ ...other }] },
  ];
  const [found] = combine(passes, [{ protocol: "tcp", port: 1 }]);
  return found && [found.verdict, addressesOf(passes)(found)];
}

const [yes, no, filtered] = [result(1, "listening"), result(1, "not-listening"), result(1, "filtered")];
const unsent = result(1, "filtered", true);

describe("several addresses of a name", () => {
  test.each([
    [no, yes, "listening", "127.0.0.1"],
    [yes, no, "listening", "::1"],
    [no, filtered, "filtered", "127.0.0.1"],
    [filtered, no, "filtered", "::1"],
    [unsent, no, "not-listening", "127.0.0.1"],
    [no, unsent, "not-listening", "::1"],
    [unsent, filtered, "filtered", "127.0.0.1"],
    [no, no, "not-listening", "::1"],
  ])("%o and %o", (one, other, verdict, address) => {
    expect(together(one, other)).toEqual([verdict, address]);
  });

  test("are asked only what no other has said yes to", () => {
    const questions: Question[] = [1, 2, 3].map((port) => ({ protocol: "tcp", port }));
    const passes = [{ address: "::1", results: [result(1, "not-listening"), result(2, "listening")] }];
    expect(stillOpen(passes, questions).map(({ port }) => port)).toEqual([1, 3]);
    expect(stillOpen([], questions)).toBe(questions);
  });

  test("are stood for by the one that listens, else by the one that answered, else by the first", () => {
    const pass = (address: string, ...results: PortResult[]) => ({ address, results });
    expect(answering([pass("a", filtered), pass("b", no), pass("c", yes)])).toBe("c");
    expect(answering([pass("a", filtered), pass("b", no)])).toBe("b");
    expect(answering([pass("a", filtered), pass("b", filtered)])).toBe("a");
    expect(answering([])).toBeUndefined();
  });
});
