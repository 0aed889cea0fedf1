import fc from "fast-check";
import { expect, test } from "vitest";
import { inOrder } from "../../src/probe/in-order.ts";
import type { PortResult, Question } from "../../src/probe/result.ts";

const result = (question: Question): PortResult => ({
  ...question,
  verdict: "listening",
  reason: "connected",
  milliseconds: 1,
  tries: 1,
});
const questions: Question[] = [443, 22, 8080, 80].flatMap((port) => [
  { protocol: "tcp", port },
  { protocol: "udp", port },
]);

test("results come in the order of the questions, whatever the order in which they are known", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(questions), (known) => {
      const passed: Question[] = [];
      const order = inOrder(questions, ({ protocol, port }) => passed.push({ protocol, port }));
      for (const question of known) {
        order.add(result(question));
        order.add(result(question));
      }
      const missing = questions.findIndex((question) => !known.includes(question));
      expect(passed).toEqual(missing < 0 ? questions : questions.slice(0, missing));
      order.end();
      expect(passed).toEqual(questions.filter((question) => known.includes(question)));
    }),
  );
});

test("what was not asked is not passed on", () => {
  const passed: PortResult[] = [];
  inOrder(questions, (each) => passed.push(each)).add(result({ protocol: "tcp", port: 1 }));
  expect(passed).toEqual([]);
});
