import { describe, expect, test } from "vitest";
import { LOST_REASON, RECORD_KIND } from "../../../../../src/collect/linux/ebpf/records.gen.ts";
import { answer, TYPE } from "../../../../live/programs/dns-message.ts";
import { commandLine, dnsRecord, execRecord, failedRecord, socketRecord, taskRecord } from "./record.ts";
import { Scene, SECOND, startedAt, wall } from "./scene.ts";

const me = { pid: 100, started: 3 * SECOND };
const EADDRINUSE = 98;

describe("a listener", () => {
  const listen = {
    ...me,
    cookie: 5n,
    at: 4 * SECOND,
    opened: 4 * SECOND,
    local: { address: "::", port: 80 },
    portChosen: 1,
  } as const;

  test("is told with all that is known of it, and its end", () => {
    const scene = new Scene();
    scene.callers(100, 3, ["nginx+0x10"]);
    scene.ring(socketRecord("RECORD_LISTEN", { ...listen, stack: 3 }));
    scene.ring(socketRecord("RECORD_UNLISTEN", { ...listen, at: 9 * SECOND }));
    expect(scene.events).toEqual([
      {
        kind: "listen",
        at: wall(4 * SECOND),
        socket: expect.any(String),
        protocol: "tcp",
        local: { address: "::", port: 80 },
        portChosenBy: "application",
        process: { pid: 100, startedAt: startedAt(3 * SECOND) },
        evidence: { source: "context" },
        callers: ["nginx+0x10"],
        networkNamespace: 4026531840,
      },
      { kind: "unlisten", at: wall(9 * SECOND), socket: scene.of("listen")[0]?.socket },
    ]);
  });

  test("has a name of its own where the kernel's identity of it comes back after an end that was lost", () => {
    const scene = new Scene();
    scene.ring(socketRecord("RECORD_LISTEN", listen));
    scene.ring(socketRecord("RECORD_LISTEN", { ...listen, opened: 5 * SECOND }));
    scene.ring(socketRecord("RECORD_UNLISTEN", { ...listen, opened: 5 * SECOND, at: 9 * SECOND }));
    const [lost, found] = scene.of("listen").map(({ socket }) => socket);
    expect(lost).not.toBe(found);
    expect(scene.of("unlisten").map(({ socket }) => socket)).toEqual([found]);
  });

  test("that was never told has no end either", () => {
    const scene = new Scene();
    scene.ring(socketRecord("RECORD_UNLISTEN", listen));
    expect(scene.events).toEqual([]);
  });

  test.each([
    [0, undefined],
    [1, "application"],
    [2, "system"],
    [3, undefined],
  ])("whose port was chosen by %d says %s", (portChosen, said) => {
    const scene = new Scene();
    scene.ring(socketRecord("RECORD_LISTEN", { ...listen, portChosen: portChosen as 0 }));
    expect(scene.of("listen")[0]?.portChosenBy).toBe(said);
  });
});

describe("a bind that the kernel refused", () => {
  test.each(["tcp", "udp"] as const)("is told with its error, for %s", (protocol) => {
    const scene = new Scene();
    const asked = { address: "127.0.0.1", port: 80 };
    scene.ring(failedRecord("RECORD_BIND_FAILED", { ...me, protocol, at: 4 * SECOND, asked, error: EADDRINUSE }));
    expect(scene.events).toEqual([
      {
        kind: "bind-failed",
        at: wall(4 * SECOND),
        protocol,
        local: asked,
        error: "EADDRINUSE",
        process: { pid: 100, startedAt: startedAt(3 * SECOND) },
      },
    ]);
  });
});

test("a UDP connect that failed is a failed attempt", () => {
  const scene = new Scene();
  const asked = { address: "2001:db8::1", port: 53 };
  scene.ring(failedRecord("RECORD_CONNECT_FAILED", { ...me, protocol: "udp", asked, error: 101, cookie: 7n }));
  expect(scene.of("flow")).toMatchObject([
    { protocol: "udp", direction: "outbound", remote: asked, begun: false, ended: true, failed: "ENETUNREACH" },
  ]);
});

describe("a DNS answer", () => {
  const message = answer({ id: 7, name: "harbour.test", type: TYPE.A }, [
    { name: "harbour.test", type: TYPE.A, data: Buffer.from([192, 0, 2, 23]) },
  ]);

  test("is a name with its addresses", () => {
    const scene = new Scene();
    scene.ring(dnsRecord(message, { at: 4 * SECOND }));
    expect(scene.events).toEqual([
      { kind: "name", at: wall(4 * SECOND), name: "harbour.test", addresses: ["192.0.2.23"] },
    ]);
  });

  test("that could not be read is nothing", () => {
    const scene = new Scene();
    scene.ring(dnsRecord(new Uint8Array()), dnsRecord(message.subarray(0, 20)));
    expect(scene.events).toEqual([]);
  });

  test("that claims to be longer than its record ends with it", () => {
    const scene = new Scene();
    const record = dnsRecord(message);
    record.writeUInt32LE(0xffffffff, 28);
    scene.ring(record);
    expect(scene.of("name")).toMatchObject([{ name: "harbour.test" }]);
  });
});

test("records keep their order, and what none of them knows is left alone", () => {
  const scene = new Scene();
  const exec = execRecord({ ...me, path: "/bin/true", line: commandLine("true"), comm: "true" });
  const strange = Buffer.alloc(64);
  strange.writeUInt16LE(999, 0);
  scene.ring(
    exec,
    strange,
    socketRecord("RECORD_LISTEN", { ...me, cookie: 5n }),
    Buffer.alloc(0),
    socketRecord("RECORD_FLOW", { ...me, cookie: 6n, ended: true }),
    socketRecord("RECORD_UNLISTEN", { ...me, cookie: 5n }).subarray(0, 100),
    taskRecord("RECORD_EXIT", { ...me, comm: "true" }),
    Buffer.alloc(0),
  );
  expect(scene.events.map(({ kind }) => kind)).toEqual(["process", "listen", "flow", "exit"]);
});

test("what the kernel counted as lost is a gap, sweep by sweep", () => {
  const scene = new Scene();
  const lost = Array<number>(LOST_REASON.LOST_REASONS).fill(0);
  lost[RECORD_KIND.RECORD_FLOW] = 23;
  scene.sweep();
  const [event] = scene.sweep({ lost });
  expect(event).toMatchObject({ kind: "gap", gap: { lost: 23 } });
  scene.sweep({ lost });
  expect(scene.of("gap")).toHaveLength(1);
});

test("callers of more processes than are kept do not pile up", () => {
  const scene = new Scene();
  const flow = (pid: number) => socketRecord("RECORD_FLOW", { pid, cookie: BigInt(pid), stack: 1, ended: true });
  for (let pid = 1; pid <= 30_000; pid++) scene.callers(pid, 1, [`program${pid}+0x0`]);
  scene.ring(flow(1), flow(30_000));
  expect(scene.of("flow").map(({ callers }) => callers)).toEqual([undefined, ["program30000+0x0"]]);
});
