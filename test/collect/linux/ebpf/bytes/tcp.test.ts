import { describe, expect, test } from "vitest";
import { cookieRecord, failedRecord, type Socket, socketRecord } from "./record.ts";
import { Scene, SECOND, startedAt, wall } from "./scene.ts";

const ECONNREFUSED = 111;
const ENETUNREACH = 101;
const here = { address: "192.0.2.10", port: 40_001 };
const there = { address: "198.51.100.1", port: 443 };
const served = { address: "192.0.2.10", port: 80 };
const guest = { address: "203.0.113.5", port: 50_505 };

const client = { pid: 100, started: 3 * SECOND };
const master = { pid: 200, started: 4 * SECOND };
const worker = { pid: 201, started: 5 * SECOND };

const out = (more: Socket = {}) =>
  socketRecord("RECORD_FLOW", { ...client, cookie: 7n, local: here, remote: there, opened: 9 * SECOND, ...more });
const inward = (more: Socket = {}) =>
  socketRecord("RECORD_FLOW", {
    ...master,
    cookie: 8n,
    local: served,
    remote: guest,
    inbound: true,
    opened: 9 * SECOND,
    ...more,
  });
const accept = (cookie: bigint) => cookieRecord("RECORD_ACCEPT", { ...worker, cookie, at: 11 * SECOND });
const refused = (more: object = {}) =>
  failedRecord("RECORD_CONNECT_FAILED", { ...client, asked: there, error: ECONNREFUSED, cookie: 7n, ...more });

describe("a connection that opens and closes within a sweep", () => {
  test("is one event with all that is known of it", () => {
    const scene = new Scene();
    const at = 10 * SECOND;
    expect(scene.ring(out({ at, ended: true, bytesIn: 1009, bytesOut: 101, netns: 4026532000 }))).toEqual([
      {
        kind: "flow",
        at: wall(at),
        flow: expect.any(String),
        protocol: "tcp",
        direction: "outbound",
        local: here,
        remote: there,
        startedAt: wall(9 * SECOND),
        begun: true,
        ended: true,
        bytesIn: 1009,
        bytesOut: 101,
        process: { pid: 100, startedAt: startedAt(3 * SECOND) },
        evidence: { source: "context" },
        networkNamespace: 4026532000,
      },
    ]);
  });

  test("over IPv6 has its addresses", () => {
    const scene = new Scene();
    const six = { local: { address: "fe80::1", port: 1 }, remote: { address: "fe80::2", port: 2 }, ifindex: 2 };
    expect(scene.ring(out({ ...six, ended: true }))).toMatchObject([
      { local: { address: "fe80::1%eth0" }, remote: { address: "fe80::2%eth0" } },
    ]);
  });

  test("has the callers that were told for its process and stack", () => {
    const scene = new Scene();
    scene.callers(100, 5, ["libc.so.6+0x10", "curl+0x20"]);
    const [known, other] = scene.ring(out({ stack: 5, ended: true }), out({ cookie: 9n, stack: 6, ended: true }));
    expect(known).toMatchObject({ callers: ["libc.so.6+0x10", "curl+0x20"] });
    expect(other).not.toHaveProperty("callers");
  });

  test("is told once, also by 23 of them at once", () => {
    const scene = new Scene();
    scene.ring(...Array.from({ length: 23 }, (_, i) => out({ cookie: BigInt(i + 1), ended: true })));
    scene.settle();
    expect(scene.of("flow")).toHaveLength(23);
    expect(new Set(scene.of("flow").map(({ flow }) => flow)).size).toBe(23);
  });
});

describe("a connection that stays open", () => {
  test("begins with the first sweep, and bytes are what was added since", () => {
    const scene = new Scene();
    scene.sweep({ flows: [out({ bytesIn: 100, bytesOut: 10 })] });
    scene.sweep({ flows: [out({ bytesIn: 150, bytesOut: 10 })] });
    scene.sweep({ flows: [out({ bytesIn: 150, bytesOut: 10 })] });
    scene.ring(out({ bytesIn: 151, bytesOut: 30, ended: true }));
    const flows = scene.of("flow");
    expect(flows.map(({ begun, ended, bytesIn, bytesOut }) => [begun, ended, bytesIn, bytesOut])).toEqual([
      [true, false, 100, 10],
      [false, false, 50, 0],
      [false, true, 1, 20],
    ]);
    expect(new Set(flows.map(({ flow }) => flow)).size).toBe(1);
  });

  test("keeps its identity when the wall clock is stepped", () => {
    const scene = new Scene();
    scene.sweep({ flows: [out()] });
    scene.sweep({ flows: [out({ bytesIn: 1 })], offset: wall(0) + 3_600_000_000 });
    scene.ring(out({ bytesIn: 1, ended: true }));
    expect(new Set(scene.of("flow").map(({ flow }) => flow)).size).toBe(1);
    expect(scene.of("flow").filter(({ begun }) => begun)).toHaveLength(1);
  });

  test("is another flow than the next one on the same socket", () => {
    const scene = new Scene();
    scene.ring(out({ ended: true, bytesIn: 5 }), out({ opened: 10 * SECOND, ended: true, bytesIn: 5 }));
    const [first, second] = scene.of("flow");
    expect(first?.flow).not.toBe(second?.flow);
    expect(second).toMatchObject({ begun: true, bytesIn: 5 });
  });

  test("is another flow than the one that has its identity after an end that was lost", () => {
    const scene = new Scene();
    scene.sweep({ flows: [out({ bytesIn: 5 })] });
    scene.sweep({ flows: [out({ opened: 10 * SECOND, bytesIn: 7 })] });
    scene.ring(out({ opened: 10 * SECOND, ended: true, bytesIn: 8 }));
    const [lost, found, end] = scene.of("flow");
    expect(lost?.flow).not.toBe(found?.flow);
    expect(found).toMatchObject({ begun: true, bytesIn: 7 });
    expect(end).toMatchObject({ flow: found?.flow, begun: false, ended: true, bytesIn: 1 });
  });
});

describe("an inbound connection", () => {
  test("that was accepted before it closed is its acceptor's", () => {
    const scene = new Scene();
    expect(scene.ring(inward({ ...worker, accepted: true, ended: true }))).toMatchObject([
      { direction: "inbound", process: { pid: 201 }, evidence: { source: "accept" }, begun: true, ended: true },
    ]);
  });

  test("that closed before accept returned it is its acceptor's all the same", () => {
    const scene = new Scene();
    scene.ring(inward({ ended: true, bytesIn: 3 }), accept(8n));
    scene.settle();
    expect(scene.of("flow")).toMatchObject([
      { process: { pid: 201 }, evidence: { source: "accept" }, begun: true, ended: true, bytesIn: 3 },
    ]);
  });

  test("that a sweep comes upon between its close and its accept is its acceptor's too", () => {
    const scene = new Scene();
    scene.ring(inward({ ended: true }));
    scene.sweep();
    scene.ring(accept(8n));
    scene.settle();
    expect(scene.of("flow")).toMatchObject([{ process: { pid: 201 }, evidence: { source: "accept" } }]);
  });

  test("that nobody was seen accepting is the listener's, and says so", () => {
    const scene = new Scene();
    scene.ring(inward({ ended: true }));
    scene.settle();
    expect(scene.of("flow")).toMatchObject([{ process: { pid: 200 }, evidence: { source: "listener" }, ended: true }]);
  });

  test("that was found open before its accept ends as its acceptor's", () => {
    const scene = new Scene();
    scene.sweep({ flows: [inward({ bytesIn: 10 })] });
    scene.ring(inward({ bytesIn: 12, ended: true }), accept(8n));
    scene.settle();
    expect(scene.of("flow")).toMatchObject([
      { begun: true, ended: false, bytesIn: 10, evidence: { source: "listener" } },
      { begun: false, ended: true, bytesIn: 2, process: { pid: 201 }, evidence: { source: "accept" } },
    ]);
  });

  test("of a socket that is not known is no event when it is accepted", () => {
    const scene = new Scene();
    scene.ring(accept(0n), accept(99n));
    scene.settle();
    expect(scene.of("flow")).toEqual([]);
  });
});

describe("an attempt that was never established", () => {
  const failure = { established: false, ended: true } as const;

  test("says why by the socket's own error, once, though connect tells it again", () => {
    const scene = new Scene();
    scene.ring(out({ ...failure, error: ECONNREFUSED }), refused());
    scene.settle();
    expect(scene.of("flow")).toMatchObject([
      { begun: false, ended: true, failed: "ECONNREFUSED", local: here, remote: there, process: { pid: 100 } },
    ]);
    expect(scene.of("flow")[0]).not.toHaveProperty("bytesIn");
  });

  test("is told once also where a sweep comes before connect returns", () => {
    const scene = new Scene();
    scene.ring(out({ ...failure, error: ECONNREFUSED }));
    scene.sweep();
    scene.ring(refused());
    scene.settle();
    expect(scene.of("flow")).toHaveLength(1);
  });

  test("says what connect returned where the socket has no error", () => {
    const scene = new Scene();
    scene.ring(out(failure));
    scene.sweep();
    scene.ring(refused());
    scene.settle();
    expect(scene.of("flow")).toMatchObject([{ begun: false, ended: true, failed: "ECONNREFUSED", local: here }]);
  });

  test("says that it was given up where nobody tells why", () => {
    const scene = new Scene();
    scene.ring(out(failure));
    scene.settle();
    expect(scene.of("flow")).toMatchObject([{ begun: false, ended: true, failed: "ECONNABORTED" }]);
  });

  test("counts each time, when one socket tries again", () => {
    const scene = new Scene();
    scene.ring(out({ ...failure, error: ECONNREFUSED }), refused());
    scene.ring(out({ ...failure, error: ECONNREFUSED, opened: 10 * SECOND }), refused());
    scene.settle();
    expect(scene.of("flow").map(({ failed }) => failed)).toEqual(["ECONNREFUSED", "ECONNREFUSED"]);
    expect(new Set(scene.of("flow").map(({ flow }) => flow)).size).toBe(2);
  });

  test("counts each time also where nobody tells why", () => {
    const scene = new Scene();
    scene.ring(out(failure), out({ ...failure, opened: 10 * SECOND }));
    scene.settle();
    expect(scene.of("flow").map(({ failed }) => failed)).toEqual(["ECONNABORTED", "ECONNABORTED"]);
  });

  test("and then succeeds on the same socket is a failure and a flow", () => {
    const scene = new Scene();
    scene.ring(out({ ...failure, error: ECONNREFUSED }), refused(), out({ opened: 10 * SECOND, ended: true }));
    scene.settle();
    expect(scene.of("flow").map(({ begun, failed }) => [begun, failed])).toEqual([
      [false, "ECONNREFUSED"],
      [true, undefined],
    ]);
  });

  test("and got no further than the call is told by what connect returned", () => {
    const scene = new Scene();
    const [event, ...others] = scene.ring(refused({ error: ENETUNREACH, at: 10 * SECOND }));
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      kind: "flow",
      at: wall(10 * SECOND),
      protocol: "tcp",
      direction: "outbound",
      remote: there,
      startedAt: wall(10 * SECOND),
      begun: false,
      ended: true,
      failed: "ENETUNREACH",
      process: { pid: 100 },
      evidence: { source: "context" },
    });
  });

  test("by an error without a name keeps its number", () => {
    const scene = new Scene();
    expect(scene.ring(refused({ error: 4000 }))).toMatchObject([{ failed: expect.stringContaining("4000") }]);
  });
});
