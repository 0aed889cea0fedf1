import { describe, expect, test } from "vitest";
import { readPorts } from "../../../src/app/query/ports.ts";
import { Problem } from "../../../src/model/problem.ts";

function problem(words: Parameters<typeof readPorts>[0], host = "localhost"): Problem {
  try {
    readPorts(words, host);
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error("no problem");
}

describe("ports", () => {
  test("are one, a range with both ends, or a list in its order without doubles", () => {
    expect(readPorts({ port: "65535" }, "h")).toEqual({ ports: [65_535], named: true });
    expect(readPorts({ range: "21:23" }, "h")).toEqual({ ports: [21, 22, 23], named: false });
    expect(readPorts({ range: "7-7" }, "h")).toEqual({ ports: [7], named: false });
    expect(readPorts({ list: "443,22, 80,22" }, "h")).toEqual({ ports: [443, 22, 80], named: true });
    expect(readPorts({ range: "1:65535" }, "h").ports).toHaveLength(65_535);
  });

  test("are 80 where nothing is said, as for PortQry", () => {
    expect(readPorts({}, "h")).toEqual({ ports: [80], named: true });
  });

  test.each([
    [{ port: "0" }, "./portolan query localhost -e 443"],
    [{ port: "65536" }, "./portolan query localhost -e 443"],
    [{ port: "" }, "./portolan query localhost -e 443"],
    [{ port: "-1" }, "./portolan query localhost -e 443"],
    [{ port: "8e1" }, "./portolan query localhost -e 443"],
    [{ range: "100:" }, "./portolan query localhost -r 100:65535"],
    [{ range: ":100" }, "./portolan query localhost -r 1:100"],
    [{ range: ":" }, "./portolan query localhost -r 1:1024"],
    [{ range: "all" }, "./portolan query localhost -r 1:1024"],
    [{ range: "100:1" }, "./portolan query localhost -r 1:100"],
    [{ range: "0:100" }, "./portolan query localhost -r 1:65535"],
    [{ range: "1:65536" }, "./portolan query localhost -r 1:65535"],
    [{ list: "1,,2" }, "./portolan query localhost -o 22,80,443"],
    [{ list: "1,0" }, "./portolan query localhost -o 22,80,443"],
  ])("%j is a usage problem that says what to type", (words, next) => {
    const { code, status, next: said } = problem(words);
    expect({ code, status, said }).toEqual({ code: "bad-value", status: 64, said: next });
  });

  test.each([
    [{ port: "1", range: "1:2" }, "-e and -r"],
    [{ range: "1:2", list: "1" }, "-r and -o"],
    [{ port: "1", list: "2" }, "-e and -o"],
  ])("%j exclude each other", (words, what) => {
    const { code, status, message } = problem(words);
    expect({ code, status, message }).toEqual({
      code: "conflicting-options",
      status: 64,
      message: `${what} exclude each other`,
    });
  });

  test("a host that a shell would take apart is in no command", () => {
    expect(problem({ port: "0" }, "$(reboot)").next).toBe("./portolan query HOST -e 443");
  });
});
