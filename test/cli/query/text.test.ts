import { describe, expect, test } from "vitest";
import { queryText } from "../../../src/cli/query/text.ts";
import { answer, OPEN, result } from "./answers.ts";

const PLAIN = { columns: undefined, colour: false };
const text = (...given: Parameters<typeof answer>) => queryText(answer(...given), PLAIN, false);

describe("one port is a sentence", () => {
  test.each([
    [result(80), "tcp 80 (http) of 192.0.2.1 is not listening: reset (0.12 ms)\n"],
    [result(4, { ...OPEN, milliseconds: 31.4 }), "tcp 4 of 192.0.2.1 is listening: connected (31 ms)\n"],
    [
      result(161, {
        protocol: "udp",
        verdict: "listening-or-filtered",
        reason: "no answer in 2 tries",
        milliseconds: 1_950,
      }),
      "udp 161 (snmp) of 192.0.2.1 is listening or filtered: no answer in 2 tries (1950 ms)\n",
    ],
  ])("%#", (each, sentence) => {
    expect(text([each])).toBe(sentence);
  });

  test("with the name of the target, and the address of several that answered", () => {
    const target = { name: "localhost", address: "127.0.0.1", addresses: ["::1", "127.0.0.1"] };
    expect(text([result(80, OPEN)], { target })).toBe(
      "tcp 80 (http) of localhost (127.0.0.1) is listening: connected, at 127.0.0.1 (0.12 ms)\n",
    );
  });

  test("with what the service answered below", () => {
    const fields = {
      software: "OpenSSH_9.2p1",
      "key exchange": ["curve25519-sha256", "ecdh-sha2-nistp256"],
      tls: { version: "TLSv1.3", certificate: { trusted: false } },
      endpoints: [{ uuid: "1", port: 135 }, { uuid: "2" }],
    };
    const probed = result(22, { ...OPEN, answer: { protocol: "ssh", fields, text: "SSH-2.0\r\nwelcome\r\n" } });
    expect(text([probed])).toBe(`tcp 22 (ssh) of 192.0.2.1 is listening: connected (0.12 ms)
  answers ssh:
    software      OpenSSH_9.2p1
    key exchange  curve25519-sha256, ecdh-sha2-nistp256
    tls:
      version  TLSv1.3
      certificate:
        trusted  no
    endpoints:
      - uuid  1
        port  135
      - uuid  2
    | SSH-2.0
    | welcome
`);
  });
});

describe("several ports are a table", () => {
  test("in the order of asking, figures to the right", () => {
    const ports = [result(22, { ...OPEN, milliseconds: 12.34 }), result(80), result(9, { protocol: "udp" })];
    expect(text(ports)).toBe(`192.0.2.1

PORT    SERVICE  VERDICT          MS  REASON
tcp 22  ssh      listening        12  connected
tcp 80  http     not listening  0.12  reset
udp 9   -        not listening  0.12  reset

3 ports: 1 listening, 2 not listening
`);
  });

  test("crowds are counted, and -v lists them", () => {
    const crowd = Array.from({ length: 1_009 }, (_, index) => result(1_000 + index));
    const few = [1, 2, 3].map((port) => result(port, { verdict: "filtered", reason: "icmp host unreachable" }));
    const all = answer([...few, result(80, OPEN), ...crowd]);
    expect(queryText(all, PLAIN, false)).toBe(`192.0.2.1

PORT    SERVICE  VERDICT      MS  REASON
tcp 1   -        filtered   0.12  icmp host unreachable
tcp 2   -        filtered   0.12  icmp host unreachable
tcp 3   -        filtered   0.12  icmp host unreachable
tcp 80  http     listening  0.12  connected

1,009 more not listening: reset (-v lists them)
1,013 ports: 1 listening, 1,009 not listening, 3 undecided
`);
    expect(queryText(all, PLAIN, true).split("\n")).toHaveLength(1_013 + 6);
  });

  test("an interruption is told", () => {
    expect(text([result(1)], { interrupted: true, unknown: 22 })).toContain(
      "1 port: 0 listening, 1 not listening; interrupted, 22 ports not known\n",
    );
    expect(text([], { interrupted: true, unknown: 1 })).toContain("0 ports: 0 listening, 0 not listening; interrupted");
  });

  test("several addresses are told apart", () => {
    const target = { name: "both", address: "::1", addresses: ["::1", "127.0.0.1"] };
    const addressOf = ({ port }: { port: number }) => (port === 1 ? "::1" : "127.0.0.1");
    expect(text([result(1), result(2)], { target, addressOf })).toBe(`both (::1)

PORT   SERVICE  VERDICT          MS  REASON  ADDRESS
tcp 1  -        not listening  0.12  reset   ::1
tcp 2  -        not listening  0.12  reset   127.0.0.1

2 ports: 0 listening, 2 not listening
`);
  });

  test("a terminal's width is kept", () => {
    const wide = queryText(answer([result(22), result(80)]), { columns: 30, colour: false }, false);
    expect(Math.max(...wide.split("\n").map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(wide.split("\n")[2]).toHaveLength(30);
  });
});

test("nothing that a server says reaches the terminal as a command", () => {
  const evil = "\x1b]0;owned\x07\x9b31m\u202e";
  const probed = result(22, {
    ...OPEN,
    answer: {
      protocol: evil,
      fields: { [evil]: evil, list: [evil], deep: { [evil]: [{ [evil]: evil }] } },
      text: `${evil}\n${evil}\r`,
    },
  });
  const target = { name: evil, address: "192.0.2.1" };
  for (const results of [[probed], [probed, result(1)]]) {
    expect(text(results, { target })).toMatch(/^[\x20-\x7e\n]*$/);
  }
});

test("an answer without end is cut, and says so", () => {
  const lines = Array.from({ length: 997 }, (_, index) => `line ${index}`).join("\n");
  const many = text([result(22, { ...OPEN, answer: { protocol: "x", fields: {}, text: lines } })]);
  expect(many.split("\n").length).toBeLessThan(50);
  expect(many).toContain("… 957 more lines (--json has all)\n");
});
