import { describe, expect, test } from "vitest";
import { cookieRecord, socketRecord } from "./record.ts";
import { Scene, SECOND, startedAt, wall } from "./scene.ts";
import { type Exchange, entries } from "./udp-entries.ts";

const server = { address: "192.0.2.53", port: 53 };
const guest = { address: "203.0.113.5", port: 50_505 };
const local = { address: "192.0.2.10", port: 40_000 };

const query = (more: Exchange = {}) =>
  entries({
    cookie: 4n,
    peer: server,
    local,
    first: 9 * SECOND,
    last: 10 * SECOND,
    pid: 100,
    started: SECOND,
    ...more,
  });
const bound = (portChosen: 0 | 1 | 2, cookie = 4n) =>
  socketRecord("RECORD_LISTEN", {
    protocol: "udp",
    cookie,
    local: { address: "0.0.0.0", port: 5353 },
    portChosen,
    pid: 100,
    started: SECOND,
    at: 8 * SECOND,
  });
const closed = (cookie = 4n) => cookieRecord("RECORD_UDP_CLOSE", { cookie, at: 11 * SECOND });

describe("an exchange that a program begins", () => {
  test("is outbound, with what the kernel counted", () => {
    const scene = new Scene();
    scene.sweep({ udp: query({ bytesIn: 101, bytesOut: 31 }) });
    expect(scene.of("flow")).toEqual([
      {
        kind: "flow",
        at: wall(10 * SECOND),
        flow: expect.any(String),
        protocol: "udp",
        direction: "outbound",
        local,
        remote: server,
        startedAt: wall(9 * SECOND),
        begun: true,
        ended: false,
        bytesIn: 101,
        bytesOut: 31,
        process: { pid: 100, startedAt: startedAt(SECOND) },
        evidence: { source: "context" },
        networkNamespace: 4026531840,
      },
    ]);
  });

  test("goes on as the same flow: it begins once, and each sweep tells what was added", () => {
    const scene = new Scene();
    for (const bytesIn of [7, 11, 13]) scene.sweep({ udp: query({ bytesIn }) });
    expect(scene.of("flow").map(({ begun, bytesIn }) => [begun, bytesIn])).toEqual([
      [true, 7],
      [false, 11],
      [false, 13],
    ]);
    expect(new Set(scene.of("flow").map(({ flow }) => flow)).size).toBe(1);
  });

  test("stays outbound when a later sweep saw the answer first", () => {
    const scene = new Scene();
    scene.sweep({ udp: query() });
    scene.sweep({ udp: query({ inbound: true }) });
    expect(scene.of("flow").map(({ direction }) => direction)).toEqual(["outbound", "outbound"]);
  });

  test("with 23 peers is 23 flows", () => {
    const scene = new Scene();
    const peers = Array.from({ length: 23 }, (_, i) => ({ cookie: 4n, local, peer: { ...server, port: 1000 + i } }));
    scene.sweep({ udp: entries(...peers) });
    expect(new Set(scene.of("flow").map(({ flow }) => flow)).size).toBe(23);
  });

  test("is told in the order in which exchanges began", () => {
    const scene = new Scene();
    const at = (seconds: number, port: number) => ({ local, first: seconds * SECOND, peer: { ...server, port } });
    scene.sweep({ udp: entries(at(3, 3), at(1, 1), at(2, 2)) });
    expect(scene.of("flow").map(({ remote }) => remote?.port)).toEqual([1, 2, 3]);
  });

  test("over IPv6 names the link of link-local addresses", () => {
    const scene = new Scene();
    const six = { local: { address: "fe80::1", port: 1 }, peer: { address: "fe80::2", port: 2 }, ifindex: 2 };
    scene.sweep({ udp: query(six) });
    expect(scene.of("flow")).toMatchObject([
      { local: { address: "fe80::1%eth0" }, remote: { address: "fe80::2%eth0", port: 2 } },
    ]);
  });

  test("says nothing of bytes where the kernel does not count them, to its end", () => {
    const scene = new Scene({ hasUdpBytes: false });
    scene.sweep({ udp: query({ bytesIn: 7 }) });
    scene.ring(closed());
    scene.settle();
    expect(scene.of("flow").at(-1)?.ended).toBe(true);
    for (const event of scene.of("flow")) expect(Object.keys(event)).not.toContain("bytesIn");
  });
});

describe("an exchange that a peer begins", () => {
  test("is inbound", () => {
    const scene = new Scene();
    scene.ring(bound(1));
    scene.sweep({ udp: query({ peer: guest, inbound: true }) });
    expect(scene.of("flow")).toMatchObject([{ direction: "inbound", remote: guest, begun: true }]);
  });

  test("whose address the program did not ask for has no peer", () => {
    const scene = new Scene();
    scene.ring(bound(1));
    const { peer: _, ...nobody } = { local, cookie: 4n, inbound: true, peer: guest };
    scene.sweep({ udp: entries(nobody) });
    expect(scene.of("flow")).toMatchObject([{ direction: "inbound", begun: true }]);
    expect(scene.of("flow")[0]).not.toHaveProperty("remote");
  });
});

describe("a socket bound", () => {
  test("to a port that its program chose is a listener at once", () => {
    const scene = new Scene();
    expect(scene.ring(bound(1))).toMatchObject([
      {
        kind: "listen",
        at: wall(8 * SECOND),
        protocol: "udp",
        local: { address: "0.0.0.0", port: 5353 },
        portChosenBy: "application",
        process: { pid: 100 },
        evidence: { source: "context" },
      },
    ]);
  });

  test("without telling by whom the port was chosen is a listener that does not tell either", () => {
    const scene = new Scene();
    const [event] = scene.ring(bound(0));
    expect(event).toMatchObject({ kind: "listen" });
    expect(event).not.toHaveProperty("portChosenBy");
  });

  test("to a port of the system's choice, to ask somebody, is none", () => {
    const scene = new Scene();
    scene.ring(bound(2));
    scene.sweep({ udp: query() });
    scene.ring(closed());
    scene.settle();
    expect(scene.of("listen")).toEqual([]);
    expect(scene.of("unlisten")).toEqual([]);
    expect(scene.of("flow")[0]).toMatchObject({ direction: "outbound" });
  });

  test("to a port of the system's choice is one as soon as a peer speaks first, and is told before that", () => {
    const scene = new Scene();
    scene.ring(bound(2));
    scene.sweep({ udp: query({ peer: guest, inbound: true }) });
    scene.sweep({ udp: query({ peer: { ...guest, port: 9 }, inbound: true }) });
    expect(scene.events.map(({ kind }) => kind)).toEqual(["listen", "flow", "flow"]);
    expect(scene.of("listen")).toMatchObject([{ portChosenBy: "system", at: wall(8 * SECOND) }]);
    expect(scene.of("flow")).toMatchObject([{ direction: "inbound" }, { direction: "inbound" }]);
  });

  test("and closed before its peers were counted was a listener all the same, and is one no longer", () => {
    const scene = new Scene();
    scene.ring(bound(2), closed());
    scene.sweep();
    scene.sweep({ udp: query({ peer: guest, inbound: true }) });
    scene.settle();
    expect(scene.events.map(({ kind }) => kind).filter((kind) => kind !== "flow")).toEqual(["listen", "unlisten"]);
    expect(scene.of("unlisten")).toMatchObject([{ at: wall(11 * SECOND), socket: scene.of("listen")[0]?.socket }]);
  });

  test("is known with its process before it is told", () => {
    const scene = new Scene();
    scene.processes.set(100, { pid: 100, startedAt: startedAt(SECOND), name: "dnsmasq" });
    scene.ring(bound(2));
    scene.sweep({ udp: query({ peer: guest, inbound: true }) });
    expect(scene.events.map(({ kind }) => kind)).toEqual(["process", "listen", "flow"]);
  });
});

describe("when the socket closes", () => {
  /** How often the flows of the scene began and ended, and the sum of what came in. */
  const sums = (scene: Scene) => {
    const flows = scene.of("flow");
    return {
      begun: flows.filter(({ begun }) => begun).length,
      ended: flows.filter(({ ended }) => ended).length,
      last: flows.at(-1)?.ended,
      bytesIn: flows.reduce((sum, { bytesIn }) => sum + (bytesIn ?? 0), 0),
    };
  };

  test("what was drained before ends, once", () => {
    const scene = new Scene();
    scene.sweep({ udp: query({ bytesIn: 7 }) });
    scene.ring(closed());
    scene.settle();
    expect(sums(scene)).toEqual({ begun: 1, ended: 1, last: true, bytesIn: 7 });
    expect(scene.of("flow").at(-1)?.at).toBe(wall(11 * SECOND));
  });

  test("the bytes of an exchange are known to its end: nothing was added", () => {
    const scene = new Scene();
    scene.sweep({ udp: query({ bytesIn: 7 }) });
    scene.ring(closed());
    scene.settle();
    expect(scene.of("flow").at(-1)).toMatchObject({ ended: true, bytesIn: 0, bytesOut: 0 });
  });

  test("what is drained only after that began and ended, once", () => {
    const scene = new Scene();
    scene.ring(closed());
    scene.sweep();
    scene.sweep({ udp: query({ bytesIn: 7 }) });
    scene.settle();
    expect(sums(scene)).toEqual({ begun: 1, ended: 1, last: true, bytesIn: 7 });
  });

  test("what was drained before, and once more after that, is one flow with all its bytes", () => {
    const scene = new Scene();
    scene.sweep({ udp: query({ bytesIn: 7 }) });
    scene.ring(closed());
    scene.sweep();
    scene.sweep({ udp: query({ bytesIn: 11 }) });
    scene.settle();
    expect(sums(scene)).toEqual({ begun: 1, ended: 1, last: true, bytesIn: 18 });
  });

  test("an exchange that lay across the turn of the maps is one flow", () => {
    const scene = new Scene();
    scene.ring(closed());
    scene.sweep({ udp: query({ bytesIn: 7 }) });
    scene.sweep({ udp: query({ bytesIn: 11 }) });
    scene.settle();
    expect(sums(scene)).toEqual({ begun: 1, ended: 1, last: true, bytesIn: 18 });
  });

  test("the exchanges of other sockets go on", () => {
    const scene = new Scene();
    scene.sweep({ udp: query({ cookie: 5n }) });
    scene.ring(closed());
    scene.settle();
    scene.sweep({ udp: query({ cookie: 5n }) });
    expect(sums(scene)).toMatchObject({ begun: 1, ended: 0 });
  });

  test("a flush, which is two sweeps, leaves nothing of it open", () => {
    const scene = new Scene();
    scene.ring(closed());
    scene.sweep({ udp: query() });
    scene.sweep({ flushed: 1 });
    expect(sums(scene)).toMatchObject({ begun: 1, ended: 1 });
  });
});

test("of more exchanges than are kept in mind the oldest ends", () => {
  const scene = new Scene();
  const peer = (i: number) => ({
    cookie: 4n,
    local,
    first: i,
    peer: { address: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, port: 9 },
  });
  scene.sweep({ udp: entries(...Array.from({ length: 100_003 }, (_, i) => peer(i))) });
  const ended = scene.of("flow").filter((event) => event.ended);
  expect(ended.map(({ remote }) => remote?.address)).toEqual(["10.0.0.0", "10.0.0.1", "10.0.0.2"]);
  expect(scene.of("flow").filter(({ begun }) => begun)).toHaveLength(100_003);
});
