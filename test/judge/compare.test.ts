import { describe, expect, test } from "vitest";
import { compare } from "./compare.ts";
import { FACTS, type Knowledge, type Seen } from "./seen.ts";
import type { ConnectRow, ListenRow, OpenRow, Truth } from "./truth.ts";
import { verdictOf, wrongFacts } from "./verdict.ts";

const NOTHING: Truth = {
  open: [],
  listens: [],
  connects: [],
  failedBinds: [],
  processes: [],
  ambiguous: [],
  outOfScope: [],
  gaps: [],
};
const ALL: Knowledge = { facts: new Set(FACTS) };
const at = (port: number, address = "127.0.0.1") => ({ address, port });
const listen: ListenRow = { protocol: "tcp", ...at(80), portChosenBy: "application", pids: [7], flows: 23 };
const connect: ConnectRow = { protocol: "tcp", remote: at(80), pids: [7], flows: 0, failed: 1 };

function judged(truth: Partial<Truth>, seen: Seen, knows: Knowledge = ALL) {
  const verdict = verdictOf(compare({ ...NOTHING, ...truth }, seen, knows), "little");
  return { ...verdict, facts: wrongFacts(verdict) };
}

describe("a verdict", () => {
  test("passes where everything that is stated is seen", () => {
    const seen = { listens: [{ ...listen, bytesIn: 5, peers: [] }], connects: [connect] };
    expect(judged({ listens: [listen], connects: [connect] }, seen)).toMatchObject({
      result: "pass",
      checked: 8,
      stated: 8,
    });
  });

  test("is partial where one field differs, and names it", () => {
    const { result, facts, wrong } = judged({ listens: [listen] }, { listens: [{ ...listen, flows: 22 }] });
    expect([result, facts]).toEqual(["partial", ["listens flows"]]);
    expect(wrong[0]).toMatchObject({ expected: 23, seen: 22, row: "listen tcp 127.0.0.1:80" });
  });

  test("fails where nothing is seen", () => {
    expect(judged({ listens: [listen] }, { listens: [] }).result).toBe("fail");
  });

  test("fails where something is seen and nothing happened", () => {
    expect(judged({}, { listens: [listen] })).toMatchObject({ result: "fail", facts: ["listens (invented)"] });
  });

  test("passes where nothing happened and nothing is seen", () => {
    expect(judged({}, {}).result).toBe("pass");
  });

  test("is not applicable where the observer knows none of it", () => {
    const knows: Knowledge = { facts: new Set(["open"]) };
    expect(judged({ listens: [listen] }, {}, knows)).toMatchObject({ result: "not applicable", stated: 4 });
  });

  test("never passes with a gap", () => {
    const seen = { listens: [listen], gaps: ["the ring was too small (5 lost)"] };
    expect(judged({ listens: [listen] }, seen)).toMatchObject({
      result: "partial",
      facts: ["nothing missed (invented)"],
    });
  });
});

test("a gap that the truth asks for must be told, and no other", () => {
  const truth = { listens: [listen], gaps: ["the peers"] };
  const facts = (...gaps: string[]) => judged(truth, { listens: [listen], gaps }).facts;
  expect(facts("the peers of some flows are unknown")).toEqual([]);
  expect(facts()).toEqual(["nothing missed"]);
  expect(facts("the peers of some", "the ring was too small")).toEqual(["nothing missed (invented)"]);
});

describe("a row", () => {
  test("that the truth does not state is invented", () => {
    const seen = { listens: [listen, { ...listen, port: 81 }] };
    expect(judged({ listens: [listen] }, seen).facts).toEqual(["listens (invented)"]);
  });

  test("pairs with the one that agrees where several have its key", () => {
    const namespaced = [
      { ...listen, networkNamespace: 1, flows: 23 },
      { ...listen, networkNamespace: 2, flows: 29 },
    ];
    expect(judged({ listens: namespaced }, { listens: namespaced.toReversed() }).result).toBe("pass");
    const merged = [{ ...listen, networkNamespace: 1, flows: 52 }];
    expect(judged({ listens: namespaced }, { listens: merged }).result).toBe("partial");
  });

  test("is compared in what the truth states alone", () => {
    const { pids, flows, ...rest } = listen;
    expect(judged({ listens: [rest] }, { listens: [listen] })).toMatchObject({ result: "pass", checked: 2 });
    expect([pids, flows]).toEqual([[7], 23]);
  });

  test("needs exactly the pids that are stated", () => {
    for (const pids of [[7, 8], [], [8]]) {
      expect(judged({ listens: [listen] }, { listens: [{ ...listen, pids }] }).facts).toEqual(["listens pids"]);
    }
  });

  test("that was there before need not say who chose the port, and must not say it wrongly", () => {
    const truth = { listens: [{ ...listen, late: true }] };
    const { portChosenBy, ...unsaid } = listen;
    expect(judged(truth, { listens: [unsaid] }).result).toBe("pass");
    expect(judged(truth, { listens: [{ ...unsaid, portChosenBy: "system" }] }).facts).toEqual(["listens portChosenBy"]);
    expect(portChosenBy).toBe("application");
  });

  test("of a connect holds errors by name", () => {
    const truth = { connects: [{ ...connect, errors: { ECONNREFUSED: 1 } }] };
    expect(judged(truth, { connects: [{ ...connect, errors: { ECONNREFUSED: 1 } }] }).result).toBe("pass");
    expect(judged(truth, { connects: [{ ...connect, errors: { ETIMEDOUT: 1 } }] }).facts).toEqual(["connects errors"]);
    expect(judged(truth, { connects: [connect] }).facts).toEqual(["connects errors"]);
  });

  test("of peers is held to addresses and counts, in any order", () => {
    const peers = [
      { address: "127.0.0.1", flows: 2 },
      { address: "127.0.0.2", flows: 1 },
    ];
    const seen = (all: typeof peers) =>
      judged({ listens: [{ ...listen, peers }] }, { listens: [{ ...listen, peers: all }] });
    expect(seen(peers.toReversed()).result).toBe("pass");
    expect(seen(peers.slice(1)).facts).toEqual(["listens peers"]);
  });
});

describe("open sockets", () => {
  const row: OpenRow = {
    protocol: "tcp",
    state: "LISTEN",
    local: at(80),
    pids: [7],
    networkNamespace: 1,
    evidence: "holder",
  };

  test("may be beside others, and must be there", () => {
    const other = { ...row, local: at(81) };
    expect(judged({ open: [row] }, { open: [other, row] }).result).toBe("pass");
    expect(judged({ open: [row] }, { open: [other] }).result).toBe("fail");
  });

  test("of one endpoint are told apart by who holds them", () => {
    const both = [row, { ...row, pids: [8] }];
    expect(judged({ open: both }, { open: both.toReversed() }).result).toBe("pass");
    expect(judged({ open: both }, { open: [row] }).facts).toEqual([
      "open",
      "open pids",
      "open namespace",
      "open evidence",
    ]);
  });

  test("in another namespace are others", () => {
    expect(judged({ open: [row] }, { open: [{ ...row, networkNamespace: 2 }] }).result).toBe("fail");
  });

  test("that no process holds are not asked of who lists processes", () => {
    const knows: Knowledge = { facts: new Set(["open", "open pids"]), ownerless: false };
    const ownerless = { ...row, state: "TIME_WAIT", pids: [] };
    expect(judged({ open: [row, ownerless] }, { open: [row] }, knows).result).toBe("pass");
  });
});

test("what an observer of one protocol cannot know is not asked of it", () => {
  const knows: Knowledge = { facts: new Set(["listens"]), protocols: ["tcp"] };
  const truth = { listens: [listen, { ...listen, protocol: "udp" as const }] };
  expect(judged(truth, { listens: [listen] }, knows)).toMatchObject({ result: "pass", checked: 1, stated: 5 });
});

test("an ambiguous owner must be said to be one, with the candidates", () => {
  const truth = { ambiguous: [{ protocol: "tcp" as const, port: 80, candidates: [7, 8] }], listens: [{ ...listen }] };
  const seen = (evidence: { source: "ambiguous" | "context"; candidates?: number[] }) =>
    judged(truth, { listens: [{ ...listen, evidence }] }).result;
  expect(seen({ source: "ambiguous", candidates: [8, 7] })).toBe("pass");
  expect(seen({ source: "ambiguous", candidates: [7] })).toBe("partial");
  expect(seen({ source: "context" })).toBe("partial");
});

test("processes are held to their executable and arguments", () => {
  const process = { pid: 7, executable: "/bin/a", arguments: ["a", "b"] };
  const facts = (seen: Seen["processes"]) => judged({ processes: [process] }, { processes: seen ?? [] }).facts;
  expect(facts([process, { pid: 8 }])).toEqual([]);
  expect(facts([{ ...process, executable: "/bin/b" }])).toEqual(["executable"]);
  expect(facts([{ pid: 7, executable: "/bin/a" }])).toEqual(["arguments"]);
});
