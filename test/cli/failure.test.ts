import { expect, test } from "vitest";
import { problemText, report } from "../../src/cli/failure.ts";
import { Problem } from "../../src/model/problem.ts";

function world() {
  let text = "";
  const add = (more: string) => {
    text += more;
  };
  const output = { columns: undefined, colour: false, write: add };
  return { stdout: output, stderr: output, environment: {}, text: () => text };
}

test("a problem is told in three parts, each of them harmless", () => {
  const problem = new Problem("not-available", "no libbpf", {
    why: "it is not \x1b[1minstalled",
    next: "apt-get install libbpf1",
  });
  expect(problemText(problem)).toBe(
    "portolan: no libbpf\n  it is not \\x1b[1minstalled\n  next: apt-get install libbpf1\n",
  );
});

test("anything else is a bug of ours, told with its stack", () => {
  const told = world();
  expect(report(new TypeError("x is not y"), told)).toBe(70);
  expect(told.text()).toMatch(/^portolan: this is a bug in Portolan.*\nTypeError: x is not y\n {4}at /);
});
