import { constants } from "node:os";
import { describe, expect, test } from "vitest";
import { judgeErrno, judgeError, silent } from "../../src/probe/judgement.ts";

const { errno } = constants;
const icmp = (type: number, code: number) => judgeError({ errno: 0, origin: "icmp", type, code });
const icmp6 = (type: number, code: number) => judgeError({ errno: 0, origin: "icmp6", type, code });

describe("ICMP", () => {
  test("says that nobody listens by port unreachable alone, in both families", () => {
    const nobody = { verdict: "not-listening", reason: "icmp port unreachable" };
    expect([icmp(3, 3), icmp6(1, 4)]).toEqual([nobody, nobody]);
  });

  test.each([
    [3, 0, "icmp network unreachable"],
    [3, 1, "icmp host unreachable"],
    [3, 2, "icmp protocol unreachable"],
    [3, 9, "icmp network administratively prohibited"],
    [3, 10, "icmp host administratively prohibited"],
    [3, 13, "icmp administratively prohibited"],
    [11, 0, "icmp time to live exceeded"],
    [3, 200, "icmp type 3 code 200"],
  ])("type %i code %i filters: %s", (type, code, reason) => {
    expect(icmp(type, code)).toEqual({ verdict: "filtered", reason });
  });

  test.each([
    [1, 0, "icmp no route to destination"],
    [1, 1, "icmp administratively prohibited"],
    [1, 3, "icmp address unreachable"],
    [1, 5, "icmp source address failed policy"],
    [1, 6, "icmp reject route to destination"],
    [3, 0, "icmp hop limit exceeded"],
    [1, 99, "icmp type 1 code 99"],
  ])("version 6, type %i code %i filters: %s", (type, code, reason) => {
    expect(icmp6(type, code)).toEqual({ verdict: "filtered", reason });
  });
});

describe("errno", () => {
  test("a reset is TCP's own no; one after the connection is a yes", () => {
    expect(judgeErrno(errno.ECONNREFUSED)).toEqual({ verdict: "not-listening", reason: "reset" });
    expect(judgeErrno(errno.ECONNRESET)).toEqual({ verdict: "listening", reason: "connected" });
  });

  test("what keeps this machine from asking is told apart, with its name", () => {
    const reason = "no route to the network (ENETUNREACH)";
    expect(judgeErrno(errno.ENETUNREACH)).toEqual({ verdict: "filtered", reason, unsent: true });
    expect(judgeErrno(errno.ELOOP)).toEqual({ verdict: "filtered", reason: "ELOOP", unsent: true });
  });
});

test("silence says how often it was asked", () => {
  expect([silent(1), silent(3)].map(({ reason }) => reason)).toEqual(["no answer in 1 try", "no answer in 3 tries"]);
});
