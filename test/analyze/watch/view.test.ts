import { describe, expect, test } from "vitest";
import { type Order, SORTS } from "../../../src/analyze/watch/order.ts";
import { View } from "../../../src/analyze/watch/view.ts";
import type { SocketChange } from "../../../src/model/change.ts";
import type { Socket } from "../../../src/model/socket.ts";
import { process, socket } from "../../model/world.ts";
import { at } from "../events.ts";

function change(event: SocketChange["event"], id: string, about: Partial<Socket> = {}, seconds = 0): SocketChange {
  return { event, at: at(seconds), id, socket: socket(about) };
}

function port(port: number): Partial<Socket> {
  return { local: { address: "127.0.0.1", port } };
}

const peer = { protocol: "udp", state: "CONNECTED", remote: { address: "10.0.0.9", port: 53 } } as const;

/** The rows of a view in a few words: sign, port, state. */
function shown(view: View): string[] {
  return view.rows(0, 100).map(({ socket: { local }, state, mark }) => {
    const sign = mark === "new" ? "+" : mark === "closing" ? "-" : " ";
    return `${sign}${local.port} ${state}`;
  });
}

describe("a row", () => {
  test("is new for two refreshes", () => {
    const view = new View();
    view.add([change("listen", "a", port(80))]);
    const rounds = [0, 1, 2, 3].map((round) => {
      if (round > 0) view.refresh(at(round));
      return shown(view)[0];
    });
    expect(rounds).toEqual(["+80 LISTEN", "+80 LISTEN", "+80 LISTEN", " 80 LISTEN"]);
  });

  test("that was open at the start is not new", () => {
    const view = new View();
    view.add([change("open", "a", port(80))]);
    expect(shown(view)).toEqual([" 80 LISTEN"]);
  });

  test("closes for two refreshes, and is gone", () => {
    const view = new View();
    view.add([change("open", "a", port(80)), change("close", "a", port(80))]);
    const rounds = [1, 2, 3].map((round) => {
      view.refresh(at(round));
      return shown(view);
    });
    expect(rounds).toEqual([["-80 LISTEN"], ["-80 LISTEN"], []]);
  });

  test("of what failed says why", () => {
    const view = new View();
    view.add([
      { ...change("failed", "a", { ...port(5), state: "CLOSE" }), error: "ECONNREFUSED" },
      { ...change("bind-failed", "b", port(6)), error: "EADDRINUSE" },
      change("attempt", "c", { ...port(7), state: "SYN_SENT" }),
    ]);
    expect(shown(view).toSorted()).toEqual(["+7 SYN_SENT", "-5 ECONNREFUSED", "-6 EADDRINUSE"]);
    view.add([{ ...change("failed", "c", { ...port(7), state: "CLOSE" }), error: "ETIMEDOUT" }]);
    expect(shown(view).toSorted()).toEqual(["-5 ECONNREFUSED", "-6 EADDRINUSE", "-7 ETIMEDOUT"]);
    for (const round of [1, 2, 3]) view.refresh(at(round));
    expect(view.length).toBe(0);
  });

  test("changes in place when what was tried came to be", () => {
    const view = new View();
    view.add([change("attempt", "a", { ...port(7), state: "SYN_SENT" })]);
    for (const round of [1, 2, 3]) view.refresh(at(round));
    view.add([change("outbound", "a", { ...port(7), state: "ESTABLISHED" })]);
    expect(shown(view)).toEqual([" 7 ESTABLISHED"]);
  });
});

describe("a UDP exchange", () => {
  test("that has not moved for 30 seconds is left out until it moves again", () => {
    const view = new View();
    view.add([change("inbound", "a", peer, 0), change("inbound", "b", peer, 0), change("listen", "l", port(53), 0)]);
    view.add([change("traffic", "a", peer, 20)]);
    view.refresh(at(31));
    expect(view.length).toBe(2);
    view.refresh(at(51));
    expect(view.length).toBe(1);
    view.add([change("traffic", "b", peer, 52)]);
    view.refresh(at(53));
    expect(view.length).toBe(2);
    expect(view.rows(0, 9).filter(({ mark }) => mark === "new")).toEqual([]);
  });
});

describe("what comes and goes between two refreshes", () => {
  test("is shown, and of very many the last thousand at least", () => {
    const view = new View();
    for (let i = 0; i < 5003; i++) view.add([change("inbound", `${i}`, port(i)), change("close", `${i}`, port(i))]);
    view.refresh(at(1));
    expect(view.length).toBeGreaterThanOrEqual(1000);
    expect(view.length).toBeLessThan(2000);
    const rows = view.rows(0, 9999);
    expect(rows.at(-1)?.socket.local.port).toBe(5002);
    expect(new Set(rows.map(({ mark }) => mark))).toEqual(new Set(["closing"]));
    for (const round of [2, 3]) view.refresh(at(round));
    expect(view.length).toBe(0);
  });

  test("takes nothing from what stays", () => {
    const view = new View();
    for (let i = 0; i < 2503; i++) view.add([change("open", `open${i}`, port(i))]);
    for (let i = 0; i < 2503; i++) view.add([change("inbound", `${i}`, port(i)), change("close", `${i}`, port(i))]);
    for (const round of [1, 2, 3]) view.refresh(at(round));
    expect(view.length).toBe(2503);
  });
});

describe("order", () => {
  const alice = [process({ pid: 12, name: "curl", user: "alice" })];
  const root = [process({ pid: 7, name: "sshd", user: "root" })];
  const rows: [string, Partial<Socket>][] = [
    ["query", { ...peer, local: { address: "10.0.0.1", port: 40_000 }, processes: alice, application: "curl" }],
    ["ssh", { ...port(22), processes: root, application: "sshd" }],
    ["web", { ...port(80), local: { address: "0.0.0.0", port: 80 }, evidence: { source: "kernel" } }],
    [
      "session",
      {
        state: "ESTABLISHED",
        ...port(22),
        remote: { address: "10.0.0.7", port: 9 },
        processes: root,
        application: "sshd",
      },
    ],
  ];
  const idsBy = (order: Order): string[] => {
    const view = new View();
    const byPlace = new Map<string, string>();
    for (const [id, about] of rows) {
      const made = socket(about);
      byPlace.set(`${made.protocol} ${made.state} ${made.local.port}`, id);
      view.add([{ event: "listen", at: at(0), id, socket: made }]);
    }
    view.sort(order);
    return view
      .rows(0, 9)
      .map(({ socket: { protocol, state, local } }) => byPlace.get(`${protocol} ${state} ${local.port}`) ?? "?");
  };

  test.each([
    ["port", ["ssh", "web", "session", "query"]],
    ["state", ["query", "session", "ssh", "web"]],
    ["local", ["web", "query", "ssh", "session"]],
    ["remote", ["ssh", "web", "session", "query"]],
    ["pid", ["web", "ssh", "session", "query"]],
    ["application", ["web", "query", "ssh", "session"]],
    ["user", ["web", "query", "ssh", "session"]],
    ["newest", ["session", "web", "ssh", "query"]],
  ] as const)("by %s", (by, expected) => {
    expect(idsBy({ by, reversed: false })).toEqual(expected);
    expect(idsBy({ by, reversed: true })).toEqual(expected.toReversed());
  });

  test("has no other ways", () => {
    expect(SORTS).toHaveLength(8);
  });

  test("holds while rows come and go", () => {
    const view = new View();
    for (const each of [9, 3, 7, 1]) view.add([change("listen", `${each}`, port(each))]);
    expect(shown(view)).toEqual(["+1 LISTEN", "+3 LISTEN", "+7 LISTEN", "+9 LISTEN"]);
    view.add([change("listen", "5", port(5)), change("close", "3", port(3))]);
    expect(shown(view)).toEqual(["+1 LISTEN", "-3 LISTEN", "+5 LISTEN", "+7 LISTEN", "+9 LISTEN"]);
    for (const round of [1, 2, 3]) view.refresh(at(round));
    expect(shown(view)).toEqual([" 1 LISTEN", " 5 LISTEN", " 7 LISTEN", " 9 LISTEN"]);
  });
});

describe("a filter", () => {
  test("shows what is meant, also of what comes later", () => {
    const view = new View();
    view.add([change("listen", "a", port(80)), change("listen", "b", port(81))]);
    view.filter(({ local }) => local.port === 80);
    view.add([change("listen", "c", port(80)), change("listen", "d", port(82)), change("close", "b", port(81))]);
    expect(shown(view)).toEqual(["+80 LISTEN", "+80 LISTEN"]);
    view.filter(() => true);
    expect(view.length).toBe(4);
  });

  test("follows who holds a socket by now", () => {
    const view = new View();
    view.filter(({ processes }) => processes.some(({ pid }) => pid === 7));
    view.add([change("inbound", "a", { state: "ESTABLISHED", processes: [process({ pid: 6 })] })]);
    expect(view.length).toBe(0);
    view.add([change("traffic", "a", { state: "ESTABLISHED", processes: [process({ pid: 7 })] })]);
    expect(view.length).toBe(1);
  });
});

test("begins anew with what is open", () => {
  const view = new View();
  view.add([change("listen", "a", port(80)), change("close", "a", port(80)), change("listen", "b", port(81))]);
  view.sort({ by: "port", reversed: true });
  view.reset([change("inbound", "c", port(82)), change("open", "b", port(81))]);
  expect(shown(view)).toEqual([" 82 LISTEN", " 81 LISTEN"]);
});

test("of 50,003 rows a screenful is made", () => {
  const view = new View();
  for (let i = 0; i < 50_003; i++) view.add([change("open", `${i}`, port(i))]);
  expect(view.length).toBe(50_003);
  expect(view.rows(49_990, 50)).toHaveLength(13);
});
