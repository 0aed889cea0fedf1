import { describe, expect, test } from "vitest";
import { cookieRecord, type Socket, socketRecord } from "./record.ts";
import { Scene, SECOND } from "./scene.ts";

const local = { address: "192.0.2.10", port: 80 };
const remote = { address: "203.0.113.5", port: 50_505 };
const first = { pid: 300, started: 3 * SECOND };
const second = { pid: 301, started: 4 * SECOND };

const open = (more: Socket) =>
  socketRecord("RECORD_FLOW", { cookie: 8n, local, remote, bytesIn: 1000, late: true, ...more });
const listener = (more: Socket) =>
  socketRecord("RECORD_LISTEN", { cookie: 5n, local: { address: "0.0.0.0", port: 80 }, portChosen: 1, ...more });

describe("a listener that was open before", () => {
  test("is told with whoever holds it", () => {
    const scene = new Scene();
    expect(scene.seed(listener(first))).toMatchObject([
      { kind: "listen", protocol: "tcp", local: { port: 80 }, process: { pid: 300 }, evidence: { source: "holder" } },
    ]);
  });

  test("is one socket, told once for each process that holds it", () => {
    const scene = new Scene();
    scene.seed(listener(first), listener(first), listener(second));
    expect(scene.of("listen").map(({ process }) => process?.pid)).toEqual([300, 301]);
    expect(new Set(scene.of("listen").map(({ socket }) => socket)).size).toBe(1);
  });

  test("ends like any other", () => {
    const scene = new Scene();
    scene.seed(listener(first));
    scene.ring(socketRecord("RECORD_UNLISTEN", { cookie: 5n }));
    expect(scene.of("unlisten")[0]?.socket).toBe(scene.of("listen")[0]?.socket);
  });
});

describe("a connection that was open before", () => {
  test("begins with no bytes, its holder's, and counts from there", () => {
    const scene = new Scene();
    scene.seed(open(first));
    scene.ring(open({ ...first, bytesIn: 1023, ended: true }));
    expect(scene.of("flow")).toMatchObject([
      { begun: true, ended: false, bytesIn: 0, bytesOut: 0, process: { pid: 300 }, evidence: { source: "holder" } },
      { begun: false, ended: true, bytesIn: 23, process: { pid: 300 }, evidence: { source: "holder" } },
    ]);
    expect(new Set(scene.of("flow").map(({ flow }) => flow)).size).toBe(1);
  });

  test("came in where its port is listened on, and stays so to its end", () => {
    const scene = new Scene();
    scene.seed(listener(first), open(first));
    scene.sweep({ flows: [open({ ...first, bytesIn: 1001 })] });
    scene.ring(open({ ...first, bytesIn: 1001, ended: true }));
    expect(scene.of("flow").map(({ direction }) => direction)).toEqual(["inbound", "inbound", "inbound"]);
  });

  test("went out where its port is listened on in another network namespace alone", () => {
    const scene = new Scene();
    scene.seed(listener({ ...first, netns: 1 }), open({ ...first, netns: 2 }));
    expect(scene.of("flow")).toMatchObject([{ direction: "outbound" }]);
  });

  test("and that several processes hold is ambiguous, with all of them, and told once", () => {
    const scene = new Scene();
    scene.seed(open(first), open(second));
    scene.ring(open({ ...first, ended: true }));
    const candidates = { source: "ambiguous", candidates: [300, 301] };
    expect(scene.of("flow")).toMatchObject([
      { begun: true, evidence: candidates },
      { begun: false, ended: true, evidence: candidates },
    ]);
    for (const event of scene.of("flow")) expect(event).not.toHaveProperty("process");
  });

  test("and that one process holds by several descriptors is that process's, and told once", () => {
    const scene = new Scene();
    scene.seed(open(first), open(first), open(first));
    expect(scene.of("flow")).toMatchObject([{ begun: true, process: { pid: 300 }, evidence: { source: "holder" } }]);
  });
});

describe("a connection that is found, but was not open before,", () => {
  test("is told when it ends, with all its bytes, where it began after the capture", () => {
    const scene = new Scene();
    scene.seed(open({ ...first, late: false }));
    scene.ring(open({ ...first, late: false, bytesIn: 1023, ended: true }));
    expect(scene.of("flow")).toMatchObject([{ begun: true, ended: true, bytesIn: 1023 }]);
  });

  test("is told when it is established, where it was not yet", () => {
    const scene = new Scene();
    expect(scene.seed(open({ ...first, established: false, bytesIn: 0 }))).toEqual([]);
    scene.ring(open({ ...first, bytesIn: 23, ended: true }));
    expect(scene.of("flow")).toMatchObject([{ begun: true, ended: true, bytesIn: 23 }]);
  });
});

describe("a UDP socket that was bound before", () => {
  const bound = (portChosen: 1 | 2) =>
    socketRecord("RECORD_LISTEN", {
      ...first,
      protocol: "udp",
      cookie: 6n,
      local: { address: "0.0.0.0", port: 53 },
      portChosen,
    });

  test("to a port of its program's choice is a listener", () => {
    const scene = new Scene();
    scene.seed(bound(1));
    scene.ring(cookieRecord("RECORD_UDP_CLOSE", { cookie: 6n, at: 9 * SECOND }));
    scene.settle();
    expect(scene.of("listen")).toMatchObject([{ protocol: "udp", portChosenBy: "application" }]);
    expect(scene.of("unlisten").map(({ socket }) => socket)).toEqual([scene.of("listen")[0]?.socket]);
  });

  test("to a port of the system's choice is none while nobody speaks to it", () => {
    const scene = new Scene();
    scene.seed(bound(2));
    scene.settle();
    expect(scene.events).toEqual([]);
  });
});
